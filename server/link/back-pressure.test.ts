// What the link holds has a bound, in both directions; behind it the sender waits, and nothing is lost.

import { expect, it, vi } from 'vitest';
import { startClient, startFront } from '../front/testing/start-front.ts';
import type { Lab } from '../lab/lab.ts';
import { LAB_LIMITS } from '../lab/labs.ts';
import { MOST_HELD } from './flow.ts';
import { ANSWER, ask, crossed, masked, recordsOf, script } from './testing/ask-lab.ts';

it('holds no more than its bound, and then the sender waits, in both directions', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket']);
  const client = startClient(port, lab, ['websocket']);
  expect(await client.emitWithAck('echo', 1)).toBe(1);
  lab.link.set(script({ fault: 'stall', direction: 'up' }));
  const start = crossed(lab, 'up').length;
  const photo = new Uint8Array(900_000);
  const answers = Array.from({ length: 6 }, () => client.emitWithAck('echo', photo));
  const most = MOST_HELD + 2 * 65_536;
  await vi.waitFor(
    () => expect(crossed(lab, 'up').length - start).toBeGreaterThanOrEqual(MOST_HELD),
    5_000,
  );
  expect(crossed(lab, 'up').length - start).toBeLessThan(most);
  const from = crossed(lab, 'down').length;
  lab.link.set(script({ fault: 'stall', direction: 'down' }));
  await vi.waitFor(() => expect(recordsOf(lab, 'passed').length).toBeGreaterThan(0), 5_000);
  expect(crossed(lab, 'down').length).toBe(from);
  lab.link.set(undefined);
  const all = await Promise.all(answers);
  expect(all.map((one) => new Uint8Array(one as ArrayBuffer).length)).toEqual(
    all.map(() => 900_000),
  );
}, 20_000);

/** Bytes that have left the lab and have not crossed the socket. */
function heldDown(lab: Lab): number {
  const left = recordsOf(lab, 'passed').map((one) =>
    one.kind === 'passed' && one.direction === 'down' ? one.offset : 0,
  );
  return Math.max(0, Math.max(0, ...left) - crossed(lab, 'down').length);
}

const ROOM = MOST_HELD + 65_536;
/** The tap forgets nothing of so much. */
const ALL_KEPT = { labLimits: { ...LAB_LIMITS, ringBytes: 100_000_000 } };

it.each([
  ['the link is silent', 'stall'],
  ['the browser does not read', 'latency'],
])(
  'the lab stops writing while %s, and nothing is lost',
  async (_, fault) => {
    const { port, openLab } = await startFront(ALL_KEPT);
    const lab = openLab(['websocket']);
    const client = ask(port, lab);
    await client.shows(ANSWER);
    const params = fault === 'latency' ? { delay: 1, jitter: 0 } : {};
    lab.link.set(script({ fault, direction: 'down', params }));
    client.socket.pause();
    const start = crossed(lab, 'down').length;
    let asked = 0;
    // The kernel takes as much as it likes before anything has to wait in the link.
    await vi.waitFor(
      () => {
        asked++;
        client.socket.write(masked(`42${asked + 1}["echo","${'x'.repeat(900_000)}"]`));
        expect(heldDown(lab)).toBeLessThan(ROOM);
        expect(heldDown(lab)).toBeGreaterThanOrEqual(MOST_HELD / 2);
      },
      { timeout: 15_000, interval: 100 },
    );
    if (fault === 'stall') expect(crossed(lab, 'down').length).toBe(start);
    expect(heldDown(lab)).toBeLessThan(ROOM);
    lab.link.set(undefined);
    client.socket.resume();
    const most = asked * 900_000;
    await vi.waitFor(() => expect(client.text().length).toBeGreaterThan(start + most), 15_000);
    expect(client.text().split('x'.repeat(900_000)).length - 1).toBe(asked);
    expect(client.text().startsWith(crossed(lab, 'down').slice(0, start))).toBe(true);
  },
  40_000,
);

it('a client that reads nothing and asks on is dropped before its answers fill the memory', async () => {
  const { port, openLab } = await startFront(ALL_KEPT);
  const lab = openLab(['websocket']);
  const client = startClient(port, lab, ['websocket']);
  expect(await client.emitWithAck('echo', 1)).toBe(1);
  const dropped = new Promise<string>((resolve) => client.once('disconnect', resolve));
  lab.link.set(script({ fault: 'stall', direction: 'down' }));
  for (let i = 0; i < 14; i++) client.emit('echo', new Uint8Array(900_000), () => undefined);
  await vi.waitFor(() => expect(crossed(lab, 'up').length).toBeGreaterThan(10_000_000), 15_000);
  lab.link.set(undefined);
  expect(await dropped).toMatch(/^(transport close|transport error)$/);
}, 40_000);
