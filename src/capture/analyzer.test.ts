import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { buildWebSocketFrame } from '../wire/websocket.ts';
import { createAnalyzer } from './analyzer.ts';
import type { Capture, Frame } from './capture.ts';
import { captureOf, down, POLL, recordsOf, type Said, UPGRADE, up } from './testing/records.ts';
import { unexplained } from './unexplained.ts';

const frame = (said: string, fin = true, opcode = 1): Uint8Array =>
  buildWebSocketFrame({ fin, rsv: 0, opcode, lengthBits: 7, payload: encodeUtf8(said) });
const masked = (said: string, opcode = 1): Uint8Array =>
  buildWebSocketFrame({
    fin: true,
    rsv: 0,
    opcode,
    maskingKey: Uint8Array.of(5, 6, 7, 8),
    lengthBits: 7,
    payload: encodeUtf8(said),
  });

/** A connection that polls in every way and then upgrades. */
const STORY: readonly Said[] = [
  up(POLL),
  down('HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n40{"sid":"a","pid":"b"}\x1e2\x1e'),
  up(POLL.replace('GET', 'POST').replace('Host: x', 'Content-Length: 14')),
  up('420["question"]'.slice(0, 14)),
  down(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n',
  ),
  ...UPGRADE,
  up(masked('2probe')),
  down(frame('3probe')),
  down(frame('42["he', false)),
  down(frame('x', true, 9)),
  down(frame('llo","offset"]', true, 0)),
  up(masked('x', 10)),
  up(masked('451-["b",{"_placeholder":true,"num":0}]')),
  up(masked('bytes', 2)),
  up(masked('', 8)),
];

/** What must stay the same however the stream is cut. */
const timeless = ({ frames, pairs }: Capture): unknown => ({
  frames: frames.map(({ firstAt: _, at: __, ...rest }) => rest),
  pairs,
});

/** Neighbours of one direction are put together and cut again at the given points. */
function recut(said: readonly Said[], cuts: readonly number[]): Said[] {
  const whole: Said[] = [];
  for (const one of said) {
    const last = whole.at(-1);
    if (last?.direction !== one.direction) whole.push(one);
    else whole[whole.length - 1] = { ...one, bytes: concat(last.bytes, one.bytes) };
  }
  return whole.flatMap(({ direction, bytes }, i) => {
    const points = cuts.map((cut) => (cut * (i + 1)) % bytes.length).toSorted((a, b) => a - b);
    const edges = [0, ...points, bytes.length];
    return edges.slice(1).map((end, k) => ({ direction, bytes: bytes.subarray(edges[k], end) }));
  });
}

const mutations = fc.array(
  fc.record({ at: fc.nat(), byte: fc.nat(255), length: fc.constantFrom(0, 1, 2) }),
  { maxLength: 4 },
);

/** Changes, inserts or removes single bytes. */
function mutate(
  said: readonly Said[],
  changes: { at: number; byte: number; length: number }[],
): Said[] {
  const result = [...said];
  for (const { at, byte, length } of changes) {
    const i = at % result.length;
    const one = result[i];
    if (!one) continue;
    const from = at % (one.bytes.length + 1);
    const bytes = concat(
      one.bytes.subarray(0, from),
      Uint8Array.of(byte),
      one.bytes.subarray(from + length),
    );
    result[i] = { ...one, bytes };
  }
  return result;
}

function checkFrames(frames: readonly Frame[]): void {
  for (const one of frames) {
    expect(unexplained(one)).toEqual([]);
    for (const { protocol, source, range, fields, problems, parent } of one.layers) {
      const size = one.sources[source]?.bytes.length ?? -1;
      for (const [start, end] of [range, ...[...fields, ...problems].map((part) => part.range)]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(size);
      }
      for (const { code } of problems) expect(code.startsWith(`${protocol}/`)).toBe(true);
      expect(parent === undefined).toBe(one.layers[0]?.range === range);
    }
  }
}

describe('laws', () => {
  it('how the stream was cut changes nothing but times', () => {
    const expected = timeless(captureOf(recordsOf(STORY)));
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
        expect(timeless(captureOf(recordsOf(recut(STORY, cuts))))).toEqual(expected);
      }),
    );
    const bytewise = Array.from({ length: 700 }, (_, i) => i);
    expect(timeless(captureOf(recordsOf(recut(STORY, bytewise))))).toEqual(expected);
  });

  it('nor does it when bytes are wrong', () => {
    fc.assert(
      fc.property(mutations, fc.array(fc.nat(), { maxLength: 6 }), (changes, cuts) => {
        const said = mutate(STORY, changes);
        const whole = timeless(captureOf(recordsOf(recut(said, []))));
        expect(timeless(captureOf(recordsOf(recut(said, cuts))))).toEqual(whole);
      }),
    );
  });

  it('any bytes give frames whose every byte is explained, and which together are the stream', () => {
    const noise = fc.array(fc.tuple(fc.constantFrom(up, down), fc.uint8Array({ maxLength: 60 })));
    fc.assert(
      fc.property(mutations, noise, (changes, tail) => {
        const said = [...mutate(STORY, changes), ...tail.map(([way, bytes]) => way(bytes))];
        const { frames } = captureOf(recordsOf(said));
        checkFrames(frames);
        for (const direction of ['up', 'down'] as const) {
          const sent = concat(
            ...said.filter((one) => one.direction === direction).map(({ bytes }) => bytes),
          );
          const shown = frames.filter((one) => one.direction === direction);
          expect(
            concat(...shown.map(({ sources }) => sources[0]?.bytes ?? new Uint8Array(0))),
          ).toEqual(sent);
        }
      }),
    );
  });
});

describe('times', () => {
  it('are those of the first and the last byte', () => {
    const { frames } = captureOf(
      recordsOf([up(POLL.slice(0, 9)), up(POLL.slice(9, 20)), up(POLL.slice(20))]),
    );
    expect(frames.map(({ firstAt, at }) => [firstAt, at])).toEqual([[1000, 3000]]);
  });
});

describe('a capture', () => {
  it('is the same object until something new comes, and then another', () => {
    const analyzer = createAnalyzer({ provenance: 'observed' });
    const [opened, chunk] = recordsOf([up(POLL)]);
    if (opened) analyzer.push(opened);
    const before = analyzer.capture();
    expect(analyzer.capture()).toBe(before);
    if (chunk) analyzer.push(chunk);
    expect(before.frames).toHaveLength(0);
    expect(analyzer.capture().frames).toHaveLength(1);
    if (chunk) analyzer.push(chunk);
    expect(analyzer.capture().frames).toHaveLength(1);
  });

  it('counts what the ring let go', () => {
    const analyzer = createAnalyzer({ provenance: 'observed' });
    analyzer.dropped(2, 300);
    analyzer.dropped(1, 20);
    expect(analyzer.capture().dropped).toEqual({ records: 3, bytes: 320 });
  });

  it('goes on with a connection whose beginning was let go', () => {
    const records = recordsOf(STORY).slice(9);
    const { frames, connections } = captureOf(records);
    expect(connections[0]?.role).toBe('websocket');
    const packets = frames.map(({ layers }) => layers.at(-1)?.summary);
    expect(packets[0]).toBe('pong "probe"');
    expect(packets).toContain('event "b"');
  });

  it('goes on after a gap in the middle', () => {
    const records = recordsOf([
      up(POLL),
      down('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n2'),
      up(POLL),
      up(POLL),
    ]);
    const { frames } = captureOf(records.filter(({ seq }) => seq !== 4));
    expect(frames.map(({ layers }) => layers[0]?.problems.map(({ code }) => code))).toEqual([
      [],
      ['http/truncated'],
      [],
    ]);
  });

  it('pairs an event with an acknowledgement on another connection', () => {
    const ask = POLL.replace('GET', 'POST').replace('Host: x', 'Content-Length: 7');
    const first = recordsOf([up(`${ask}420["q"`.replace('7', '8')), up(']')], false);
    const second = recordsOf([up(POLL), down('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n430[]')]);
    const all = [...first, ...second.map((one) => ({ ...one, connection: 2 }))];
    const capture = captureOf(all.map((one, i) => ({ ...one, seq: i + 1, at: micros(i * 10) })));
    expect(capture.pairs.filter(({ kind }) => kind === 'event-ack')).toEqual([
      { kind: 'event-ack', from: { frame: 0, layer: 2 }, to: { frame: 2, layer: 2 } },
    ]);
  });
});
