import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../lib/bytes.ts';
import { readPacketFile } from './foreign-file.ts';
import { analyzePackets } from './packet-analysis.ts';
import { packetFrame } from './packet-frame.ts';
import { packetRow } from './packet-row.ts';
import { writeInterface, writePacket, writeSection } from './pcapng-blocks.ts';
import { pcapFile } from './testing/pcap-writer.ts';

const PACKETS = [Uint8Array.of(1, 2, 3), Uint8Array.of(), Uint8Array.of(4, 5)];

describe('a pcap file', () => {
  it.each([
    ['little-endian', { isLittle: true, isNano: false }],
    ['big-endian', { isLittle: false, isNano: false }],
    ['in nanoseconds', { isLittle: true, isNano: true }],
  ])('is read, %s', (_, order) => {
    const file = readPacketFile(pcapFile(PACKETS, { ...order, linkType: 1 }));
    expect(file.problem).toBeUndefined();
    expect(file.packets.map(({ start, end }) => [...file.bytes.subarray(start, end)])).toEqual([
      [1, 2, 3],
      [],
      [4, 5],
    ]);
    const times = file.packets.map(({ at }) => at - (file.packets[0]?.at ?? 0));
    expect(times.map(Math.round)).toEqual([0, 1_000_001, 2_000_002]);
    expect(file.packets[0]?.linkType).toBe(1);
  });

  it('is shown up to where it ends too early, with the offset of the record', () => {
    const bytes = pcapFile(PACKETS, { isLittle: true, isNano: false, linkType: 1 });
    const { packets, problem } = readPacketFile(bytes.subarray(0, -1));
    expect([packets.length, problem]).toMatchObject([
      2,
      { code: 'pcap/truncated', range: [24 + 19 + 16, bytes.length - 1] },
    ]);
  });

  it('is not believed when a record claims more than any packet has', () => {
    const bytes = pcapFile(PACKETS, { isLittle: true, isNano: false, linkType: 1 });
    bytes.set([0xff, 0xff, 0xff, 0x7f], 24 + 8);
    expect(readPacketFile(bytes).problem).toMatchObject({
      code: 'pcap/bad-record',
      range: [24, 40],
    });
  });
});

describe('a pcapng file', () => {
  const file = concat(
    writeSection('a'),
    writeInterface(),
    writePacket(7, Uint8Array.of(9), 'first'),
    writePacket(9, Uint8Array.of(8, 7), ''),
  );

  it('is read, of whichever section', () => {
    const { packets, bytes, problem } = readPacketFile(concat(file, file));
    expect(problem).toBeUndefined();
    expect(packets.map(({ at, start, end }) => [at, ...bytes.subarray(start, end)])).toEqual([
      [7, 9],
      [9, 8, 7],
      [7, 9],
      [9, 8, 7],
    ]);
  });

  it('is shown up to the block that contradicts itself', () => {
    const broken = file.slice();
    broken[broken.length - 1] = 1;
    const { packets, problem } = readPacketFile(broken);
    expect([packets.length, problem?.code]).toEqual([1, 'pcapng/bad-block']);
  });
});

describe('a file that is no capture', () => {
  it.each([
    ['an empty one', [], 'empty'],
    ['a compressed one', [0x1f, 0x8b, 8, 0], 'gzip'],
    ['JSON', [0x7b, 0x22], 'JSON'],
    ['anything', [1, 2, 3, 4, 5], 'no capture'],
  ])('is named: %s', (_, bytes, word) => {
    const { packets, problem } = readPacketFile(Uint8Array.from(bytes));
    expect([packets.length, problem?.code]).toEqual([0, 'capture/foreign-file']);
    expect(problem?.message).toContain(word);
  });
});

it('never fails, whatever the bytes', () => {
  const anyFile = fc.tuple(
    fc.constantFrom<readonly number[]>(
      [],
      [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0],
      [...writeSection(''), ...writeInterface()],
    ),
    fc.uint8Array({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(anyFile, ([start, rest]) => {
      const file = readPacketFile(Uint8Array.from([...start, ...rest]));
      for (const { start: from, end } of file.packets) {
        expect(from).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(file.bytes.length);
      }
    }),
  );
});

it('makes a row and a frame of any packet, with every field inside its bytes', () => {
  const links = fc.constantFrom(0, 1, 12, 101, 108, 113, 228, 276, 147);
  // Packets that are nearly right reach further into the dissectors than chance would.
  const likely = fc
    .tuple(
      fc.constantFrom(
        [2, 0, 0, 0, 1, 2, 2, 0, 0, 0, 1, 1, 8, 0],
        [2, 0, 0, 0, 1, 2, 2, 0, 0, 0, 1, 1, 0x81, 0, 0, 1, 8, 6, 0, 1, 8, 0, 6, 4],
        [0x45, 0, 0, 60, 0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 0, 9, 0, 9],
        [0x45, 0, 0, 60, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 0, 53, 0, 9, 0, 40],
        [0x45, 0, 0, 60, 0, 0, 0, 0, 64, 1, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 8, 0],
        [0x60, 0, 0, 0, 0, 40, 58, 64],
        [0x60, 0, 0, 0, 0, 40, 0, 64],
      ),
      fc.uint8Array({ maxLength: 80 }),
    )
    .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
  fc.assert(
    fc.property(links, fc.array(likely, { maxLength: 6 }), (linkType, packets) => {
      const file = readPacketFile(pcapFile(packets, { isLittle: true, isNano: false, linkType }));
      const analysis = runToEnd(analyzePackets(file));
      for (let i = 0; i < file.packets.length; i++) {
        expect(packetRow(analysis, i).index).toBe(i);
        const { layers, sources } = packetFrame(analysis, i);
        expect(layers.length).toBeGreaterThan(0);
        for (const { source, range, fields, problems } of layers) {
          const size = sources[source]?.bytes.length ?? -1;
          for (const [from, to] of [range, ...[...fields, ...problems].map((one) => one.range)]) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(from).toBeLessThanOrEqual(to);
            expect(to).toBeLessThanOrEqual(size);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});

function runToEnd<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
