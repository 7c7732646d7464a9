// tcpdump as the witness of a cut: what crossed the wire ends at the very byte that was named.

import { expect, it, vi } from 'vitest';
import { parseScript } from '../../src/faults/script.ts';
import { get, startFront, startRaw } from '../front/testing/start-front.ts';
import { startTcpdump, whyNoWitness } from '../tap/testing/tcpdump.ts';

const BYTES_OF_REPLY = 9;

const scriptOf = (fault: string) => {
  const place = {
    lane: 'main',
    carrier: 'websocket',
    direction: 'down',
    protocol: 'engineio',
    type: 'open',
    name: '',
    nth: 1,
    at: BYTES_OF_REPLY,
  };
  const entries = [{ fault, direction: 'down', when: { place } }];
  const parsed = parseScript({ name: 'witness', seed: 1, entries });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
};

const why = whyNoWitness();

if (why === undefined) {
  it.each(['close', 'reset'])('tcpdump saw the %s behind the very byte', async (fault) => {
    const { port, openLab } = await startFront();
    const lab = openLab(['websocket']);
    lab.link.set(scriptOf(fault));
    const tcpdump = await startTcpdump(port);
    const { socket, closed } = startRaw(port);
    const key = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
    const target = `/lab/${lab.id}/main/socket.io/?EIO=4&transport=websocket`;
    await new Promise((resolve) => socket.once('connect', resolve));
    const from = socket.localPort;
    socket.write(get(target, 'Connection: Upgrade', 'Upgrade: websocket', ...key));
    await closed;
    const tap = Buffer.concat(
      lab.tap.ring
        .all()
        .flatMap((one) => (one.kind === 'chunk' && one.direction === 'down' ? [one.bytes] : [])),
    );
    await vi.waitFor(() => {
      const seen = tcpdump.streams().get(`${port}>${from}`)?.toString('latin1') ?? '';
      expect(seen).toBe(tap.toString('latin1'));
    }, 10_000);
    expect(await tcpdump.stop()).toMatch(/^0 packets dropped by kernel/m);
    const head = tap.indexOf('\r\n\r\n') + 4;
    expect(head).toBeGreaterThan(4);
    expect(tap.length - head).toBe(BYTES_OF_REPLY);
  });
} else {
  it(`no witness: ${why}`, () => {
    process.stderr.write(`A cut was not compared with tcpdump: ${why}.\n`);
    expect(why).not.toBe('');
  });
}
