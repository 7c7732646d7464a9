// How connections end, as the tap has it: a client that is silent, one that resets.

import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { isOfWire } from '../../src/capture/record.ts';
import type { Lab } from '../lab/lab.ts';
import { get, handshakeTarget, startFront, startRaw, tapOf } from './testing/start-front.ts';

const closings = (lab: Lab) =>
  lab.tap.ring.all().flatMap((record) => (record.kind === 'close' ? [record] : []));

it('a client that answers no ping is closed by the server after the time', async () => {
  const { port, openLab } = await startFront();
  const times = { pingIntervalMs: 500, pingTimeoutMs: 200 };
  const lab = openLab(['websocket'], times);
  const path = `/lab/${lab.id}/main/socket.io/?EIO=4&transport=websocket`;
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  const heard: string[] = [];
  client.on('message', (text) => heard.push(String(text)));
  client.on('open', () => client.send('40'));
  await new Promise((resolve) => client.once('close', resolve));
  expect(heard.at(-1)).toBe('2');
  expect(heard.filter((text) => text === '2')).toHaveLength(1);
  await vi.waitFor(() => expect(closings(lab)).not.toHaveLength(0));
  expect(closings(lab)[0]).toMatchObject({ by: 'server', how: 'fin' });
  const records = lab.tap.ring.all().filter(isOfWire);
  const ping = records.find(
    (record) => record.kind === 'chunk' && Buffer.from(record.bytes).equals(PING),
  );
  const close = records.find(
    (record) => record.kind === 'chunk' && record.direction === 'down' && record.bytes[0] === 0x88,
  );
  expect(((close?.at ?? 0) - (ping?.at ?? 0)) / 1_000).toBeGreaterThanOrEqual(190);
});

/** A WebSocket text frame with the Engine.IO packet `2`. */
const PING = Buffer.from([0x81, 0x01, 0x32]);

it('a client’s reset is written down as a reset', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab();
  const { socket, shows } = startRaw(port);
  socket.write(get(handshakeTarget(lab)));
  await shows('"sid"');
  socket.resetAndDestroy();
  await vi.waitFor(() => expect(closings(lab)).not.toHaveLength(0));
  expect(closings(lab)[0]).toMatchObject({ by: 'client', how: 'reset' });
  expect(tapOf(lab)).toContain('"sid"');
});

it('a client that ends politely is written down as such', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab();
  const { socket, shows } = startRaw(port);
  socket.write(get(handshakeTarget(lab)));
  await shows('"sid"');
  socket.end();
  await vi.waitFor(() => expect(closings(lab)).not.toHaveLength(0));
  expect(closings(lab)[0]).toMatchObject({ by: 'client', how: 'fin' });
});
