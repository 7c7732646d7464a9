// tcpdump as the witness: what it saw on the wire is what the tap wrote down, byte for byte.

import { type AddressInfo, createServer } from 'node:net';
import { io } from 'socket.io-client';
import { expect, it, vi } from 'vitest';
import type { Direction, TapRecord } from '../../src/capture/record.ts';
import { LABS_VERSION } from '../../src/contract/labs.ts';
import { createFront } from '../front/front.ts';
import { Labs } from '../lab/labs.ts';
import type { Streams } from './testing/pcap-streams.ts';
import { startTcpdump, whyNoWitness } from './testing/tcpdump.ts';

const EVENTS = 1_000;

async function startFront() {
  const labs = new Labs();
  const server = createServer(createFront(labs));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const opened = labs.open(
    {
      version: LABS_VERSION,
      lanes: { main: { exercise: 'hello', transports: ['polling', 'websocket'] } },
    },
    '127.0.0.1',
  );
  const lab = opened.ok ? labs.find(opened.value.lab) : undefined;
  if (!lab) throw new Error('no lab was opened');
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    labs.closeAll();
    await closed;
  };
  return { lab, port: (server.address() as AddressInfo).port, close };
}

/** A handshake, an upgrade, events both ways, bytes both ways, and a close. */
async function talk(port: number, lab: string): Promise<void> {
  const client = io(`http://127.0.0.1:${port}`, {
    path: `/lab/${lab}/main/socket.io`,
    forceNew: true,
  });
  expect(await client.emitWithAck('hello', 'Ada')).toBe('Hello, Ada');
  await vi.waitFor(() => expect(client.io.engine.transport.name).toBe('websocket'), 5_000);
  const numbers = Array.from({ length: EVENTS }, (_, i) => i);
  const answers = await Promise.all(numbers.map((n) => client.emitWithAck('echo', { n })));
  expect(answers).toEqual(numbers.map((n) => ({ n })));
  const photo = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251);
  const back = new Uint8Array(await client.emitWithAck('echo', photo));
  expect(Buffer.from(back).equals(photo)).toBe(true);
  client.disconnect();
}

/** What the tap has, named as the wire names it. */
function tapStreams(records: readonly TapRecord[], port: number): Streams {
  const streams = new Map<string, Buffer>();
  for (const opened of records) {
    if (opened.kind !== 'open') continue;
    const said = (direction: Direction): Buffer =>
      Buffer.concat(
        records.flatMap((record) =>
          record.kind === 'chunk' &&
          record.connection === opened.connection &&
          record.direction === direction
            ? [record.bytes]
            : [],
        ),
      );
    streams.set(`${opened.client.port}>${port}`, said('up'));
    streams.set(`${port}>${opened.client.port}`, said('down'));
  }
  return streams;
}

/** The connection that became a WebSocket has ended. */
function isUpgradeClosed(records: readonly TapRecord[]): boolean {
  const upgraded = records.find(
    (record) =>
      record.kind === 'chunk' && Buffer.from(record.bytes).toString().startsWith('HTTP/1.1 101'),
  );
  const upgradedOn = upgraded?.kind === 'chunk' ? upgraded.connection : undefined;
  return records.some((record) => record.kind === 'close' && record.connection === upgradedOn);
}

const why = whyNoWitness();

if (why === undefined) {
  it('tcpdump saw on the wire exactly what the tap wrote down', async () => {
    const { lab, port, close } = await startFront();
    const tcpdump = await startTcpdump(port);
    await talk(port, lab.id);
    // Taking the lab down earlier would leave the client's last bytes unread in the kernel.
    await vi.waitFor(() => expect(isUpgradeClosed(lab.tap.ring.all())).toBe(true), 5_000);
    await close();
    const tap = tapStreams(lab.tap.ring.all(), port);
    expect(lab.tap.ring.all()[0]?.seq).toBe(1);
    await vi.waitFor(() => {
      const wire = tcpdump.streams();
      expect([...wire.keys()].sort()).toEqual([...tap.keys()].sort());
      for (const [stream, bytes] of tap) {
        const seen = wire.get(stream) ?? Buffer.alloc(0);
        expect([stream, seen.length]).toEqual([stream, bytes.length]);
        expect(seen.equals(bytes)).toBe(true);
      }
    }, 10_000);
    expect(await tcpdump.stop()).toMatch(/^0 packets dropped by kernel/m);
    expect(tap.size).toBeGreaterThanOrEqual(4);
    const total = [...tap.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(total).toBeGreaterThan(600_000 + 2 * EVENTS * 10);
  });
} else {
  it(`no witness: ${why}`, () => {
    process.stderr.write(`The tap was not compared with tcpdump: ${why}.\n`);
    expect(why).not.toBe('');
  });
}
