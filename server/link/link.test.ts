// The link breaks exactly where it was told to, on real sockets; and where it only holds, nothing is
// lost.

import { expect, it, onTestFinished, vi } from 'vitest';
import { createAnalyzer } from '../../src/capture/analyzer.ts';
import type { Place } from '../../src/faults/place.ts';
import { startFront } from '../front/testing/start-front.ts';
import { ANSWER, ask, crossed, masked, recordsOf, script } from './testing/ask-lab.ts';

const ACK: Place = {
  lane: 'main',
  carrier: 'websocket',
  direction: 'down',
  protocol: 'socketio',
  type: 'ack',
  name: '',
  nth: 2,
  at: 'before',
};

const HEADER = 2;

it.each([
  ['fin', 'before', ''],
  ['fin', 'after', ANSWER],
  ['fin', HEADER + 5, ANSWER.slice(0, 5)],
  ['reset', 'before', ''],
  ['reset', HEADER + 5, ANSWER.slice(0, 5)],
] as const)('cuts with %s at the very byte: %s', async (how, at, rest) => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const fault = how === 'fin' ? 'close' : 'reset';
  lab.link.set(script({ fault, direction: 'down', when: { place: { ...ACK, at } } }));
  const client = ask(port, lab);
  const got = await client.closed;
  // Bytes and a reset right behind them look like an end to libuv's reader: the tap says which it was.
  if (how === 'fin' || rest === '') expect(client.ending()).toBe(how);
  const end = got.slice(got.indexOf('430["first"]') + '430["first"]'.length);
  expect(end).toBe(rest === '' ? '' : `\x81${String.fromCharCode(ANSWER.length)}${rest}`);
  expect(crossed(lab, 'down')).toBe(got);
  expect(recordsOf(lab, 'close')[0]).toMatchObject({ by: 'server', how });
  expect(recordsOf(lab, 'fault')).toMatchObject([
    { what: 'set' },
    { what: 'began', connection: 1 },
    { what: 'cut', connection: 1, fault, detail: how },
  ]);
  const lost = recordsOf(lab, 'lost').map((one) => one.kind === 'lost' && one.bytes);
  const died = Buffer.concat(lost.map((bytes) => bytes || new Uint8Array())).toString('latin1');
  expect(`${got}${died}`).toContain(ANSWER.slice(rest.length));
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of lab.tap.ring.all()) analyzer.push(record);
  const answers = analyzer.capture().frames.filter((one) => one.direction === 'down');
  expect(answers.at(-1)?.layers.at(-1)?.summary).toBe('ack id 1');
  expect(answers.at(-1)?.lost).toBe(rest === ANSWER ? undefined : true);
});

it.each([
  [
    'during the upgrade',
    {
      carrier: 'http',
      direction: 'up',
      protocol: 'http',
      type: 'GET',
      name: 'websocket',
      nth: 1,
      at: 'after',
    },
  ],
  ['before the CONNECT reply', { type: 'connect', nth: 1 }],
  ['at the first event of a name', { type: 'event', name: 'welcome', nth: 1 }],
  [
    'between an event and its ack',
    { direction: 'up', type: 'event', name: 'echo', nth: 1, at: 'after' },
  ],
] as const)('cuts %s', async (_, more) => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const place = { ...ACK, ...more };
  lab.link.set(script({ fault: 'close', direction: place.direction, when: { place } }));
  const client = ask(port, lab);
  const got = await client.closed;
  const order = ['101 Switching', '40{', 'welcome', '430['];
  const names = ['GET', 'connect', 'welcome', 'echo'];
  const reached = names.indexOf(
    place.name === '' || place.type === 'GET' ? place.type : place.name,
  );
  expect(order.map((text) => got.includes(text))).toEqual(order.map((_text, i) => i < reached));
  expect(client.ending()).toBe('fin');
});

it('says so when the run had no such place', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  lab.link.set(script({ fault: 'close', when: { place: { ...ACK, nth: 9 } } }));
  const client = ask(port, lab);
  await client.shows(ANSWER);
  lab.link.set(undefined);
  expect(recordsOf(lab, 'fault').map((one) => one.kind === 'fault' && one.what)).toEqual([
    'set',
    'place-not-reached',
    'cleared',
  ]);
});

it('a stall gives a real ping timeout, and what was held comes when it ends', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket'], { pingIntervalMs: 500, pingTimeoutMs: 200 });
  const client = ask(port, lab);
  await client.shows(ANSWER);
  const before = client.text();
  lab.link.set(script({ fault: 'stall' }));
  // What left the lab: a ping, and then the close frame of a server that gave up.
  await vi.waitFor(() => expect(recordsOf(lab, 'passed').length).toBeGreaterThan(1), 5_000);
  expect(client.text()).toBe(before);
  lab.link.set(undefined);
  await vi.waitFor(() => expect(client.text()).toContain('\x81\x012'), 5_000);
  expect(client.text().startsWith(before)).toBe(true);
  client.socket.destroy();
});

it('turns new connections away while an outage lasts, and the old ones stay', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const old = ask(port, lab);
  await old.shows(ANSWER);
  lab.link.set(script({ fault: 'turn-away' }));
  const turned = ask(port, lab);
  expect(await turned.closed).toBe('');
  expect(turned.ending()).toBe('reset');
  expect(recordsOf(lab, 'close')).toMatchObject([{ connection: 2, by: 'server', how: 'reset' }]);
  old.socket.write(masked('422["echo","still here"]'));
  await old.shows('still here');
  lab.link.set(undefined);
  const next = ask(port, lab);
  await next.shows(ANSWER);
  for (const { socket } of [old, next]) onTestFinished(() => void socket.destroy());
});

it('delays and slices without changing a byte, and tells when bytes were at the lab', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const slow = { fault: 'latency', params: { delay: 20, jitter: 15 } };
  lab.link.set(script(slow, { fault: 'slice', params: { bytes: 3, gap: 0 } }));
  const client = ask(port, lab);
  await client.shows(ANSWER);
  expect(crossed(lab, 'down')).toBe(client.text());
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of lab.tap.ring.all()) analyzer.push(record);
  const { frames } = analyzer.capture();
  expect(frames.length).toBeGreaterThan(8);
  for (const { direction, at, passedAt } of frames) {
    const late = passedAt === undefined ? 0 : direction === 'up' ? passedAt - at : at - passedAt;
    expect(late).toBeGreaterThan(1_000);
  }
  client.socket.destroy();
});

it('ends a connection at its time although nothing is said', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const client = ask(port, lab);
  await client.shows(ANSWER);
  const before = client.text();
  lab.link.set(script({ fault: 'close', when: { from: 30 } }));
  expect(await client.closed).toBe(before);
  expect(client.ending()).toBe('fin');
  const [set, , cut] = recordsOf(lab, 'fault');
  expect(((cut?.at ?? 0) - (set?.at ?? 0)) / 1_000).toBeGreaterThanOrEqual(30);
  await vi.waitFor(() => expect(lab.connections).toBe(0), 5_000);
});
