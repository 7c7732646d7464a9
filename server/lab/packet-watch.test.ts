// The packets that the server's system saw: of the lab's own connections and nobody else's, with the very
// bytes that the tap has, and only for a while. Where tcpdump may not listen, the watch says no.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAnalyzer } from '../../src/capture/analyzer.ts';
import { observedPackets } from '../../src/capture/observed-packets.ts';
import { ipParts, tcpHeader } from '../../src/capture/packet-headers.ts';
import type { SeenPacket } from '../../src/capture/record.ts';
import { startClient, startFront } from '../front/testing/start-front.ts';
import { whyNoWitness } from '../tap/testing/tcpdump.ts';
import type { Lab } from './lab.ts';
import { PacketWatch } from './packet-watch.ts';

const seenBy = (lab: Lab): SeenPacket[] =>
  lab.tap.ring.all().filter((record): record is SeenPacket => record.kind === 'packet');

const reason = whyNoWitness();

it.skipIf(reason !== undefined)(
  `sees the packets of the lab’s own connections, which carried what the tap has${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    const { port, openLab } = await startFront();
    const [lab, other] = [openLab(['websocket']), openLab(['websocket'])];
    const watch = new PacketWatch(() => port);
    onTestFinished(() => watch.close());
    expect(await watch.watch(lab, '::ffff:127.0.0.1')).toBe(true);
    const [client, stranger] = [
      startClient(port, lab, ['websocket']),
      startClient(port, other, ['websocket']),
    ];
    await client.emitWithAck('echo', 'a word for the packets to carry');
    await stranger.emitWithAck('echo', 'a word of somebody else');
    const analyzer = createAnalyzer({ provenance: 'observed' });
    await vi.waitFor(
      () => {
        for (const record of lab.tap.ring.all()) analyzer.push(record);
        const capture = analyzer.capture();
        const frame = capture.frames.find(({ layers }) =>
          layers.some(({ summary }) => summary.startsWith('event "echo"')),
        );
        if (!frame) throw new Error('no such frame yet');
        const [packet, ...more] = observedPackets(capture, frame);
        expect(more).toEqual([]);
        const { bytes, payloadAt, offset } = packet ?? {
          bytes: new Uint8Array(),
          payloadAt: 0,
          offset: 0,
        };
        const from = payloadAt - offset;
        const wire = frame.sources[0]?.bytes ?? new Uint8Array();
        expect(Buffer.from(bytes.subarray(from, from + wire.length))).toEqual(Buffer.from(wire));
      },
      { timeout: 3_000 },
    );
    // What the other lab says is in none of them, and every port is one of this lab's own.
    await pause(100);
    const own = new Set(
      lab.tap.ring.all().flatMap((one) => (one.kind === 'open' ? [one.client.port] : [])),
    );
    for (const { bytes, direction } of seenBy(lab)) {
      const ip = ipParts(bytes, 0, bytes.length);
      const header = ip && tcpHeader(bytes, ip.payloadAt, ip.end);
      expect(own).toContain(direction === 'up' ? header?.sourcePort : header?.destinationPort);
      expect(Buffer.from(bytes).toString('latin1')).not.toContain('somebody else');
    }
    expect(seenBy(other)).toEqual([]);
  },
);

it('says no where the program is not there, and asks only once', async () => {
  const { openLab } = await startFront();
  const { spawn } = await import('node:child_process');
  let started = 0;
  const watch = new PacketWatch(
    () => 1,
    (filter) => {
      started++;
      expect(filter).toBe('tcp port 1 and (host 192.0.2.7)');
      return spawn('/nonexistent/tcpdump', { stdio: ['ignore', 'pipe', 'pipe'] });
    },
  );
  expect(await watch.watch(openLab(), '192.0.2.7')).toBe(false);
  expect(await watch.watch(openLab(), '192.0.2.7')).toBe(false);
  expect(started).toBe(process.platform === 'linux' ? 1 : 0);
});
