import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../lib/bytes.ts';
import { Reassembly } from './reassembly.ts';

function collect() {
  const parts: Uint8Array[] = [];
  const gaps: number[] = [];
  const tags: number[] = [];
  const stream = new Reassembly({
    data: (bytes, tag) => {
      parts.push(bytes);
      tags.push(tag);
    },
    gap: (length) => gaps.push(length),
  });
  return { stream, gaps, tags, text: () => String.fromCharCode(...concat(...parts)) };
}

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('a direction of TCP', () => {
  it('joins segments in order, also where the numbers wrap around', () => {
    const { stream, text } = collect();
    stream.start(0xffff_fffe);
    expect(stream.take(0xffff_fffe, bytesOf('abcd'), 1)).toBe('new');
    expect(stream.take(2, bytesOf('ef'), 2)).toBe('new');
    expect(text()).toBe('abcdef');
  });

  it('waits for what is missing and then goes on', () => {
    const { stream, text, tags } = collect();
    stream.start(0);
    expect(stream.take(2, bytesOf('cd'), 1)).toBe('after-gap');
    expect(stream.take(4, bytesOf('ef'), 2)).toBe('after-gap');
    expect(text()).toBe('');
    expect(stream.take(0, bytesOf('ab'), 3)).toBe('out-of-order');
    expect([text(), tags]).toEqual(['abcdef', [3, 1, 2]]);
  });

  it('knows a retransmission, and takes only the new part of an overlap', () => {
    const { stream, text } = collect();
    stream.start(0);
    stream.take(0, bytesOf('abcd'), 1);
    expect(stream.take(0, bytesOf('abcd'), 2)).toBe('retransmission');
    expect(stream.take(2, bytesOf('XYef'), 3)).toBe('overlap');
    expect(text()).toBe('abcdef');
  });

  it('gives up a gap when the other side has acknowledged what lies behind it', () => {
    const { stream, text, gaps } = collect();
    stream.start(0);
    stream.take(5, bytesOf('fg'), 1);
    stream.acknowledged(5);
    expect(gaps).toEqual([]);
    stream.acknowledged(7);
    expect([text(), gaps]).toEqual(['fg', [5]]);
  });

  it('never keeps more than a bounded number of segments', () => {
    const { stream, gaps } = collect();
    stream.start(0);
    for (let i = 1; i <= 5000; i++) stream.take(i * 10, bytesOf('x'), i);
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps[0]).toBe(10);
  });

  it('gives the sent bytes however they were cut, repeated and shuffled', () => {
    const anyCut = fc.record({
      content: fc.uint8Array({ minLength: 1, maxLength: 200 }),
      start: fc.nat(0xffff_ffff),
      cuts: fc.array(fc.tuple(fc.nat(199), fc.nat(40)), { maxLength: 40 }),
      order: fc.infiniteStream(fc.nat(1000)),
    });
    fc.assert(
      fc.property(anyCut, ({ content, start, cuts, order }) => {
        const whole = Array.from({ length: Math.ceil(content.length / 7) }, (_, i) => [i * 7, 7]);
        const segments = [...whole, ...cuts]
          .filter(([at = 0]) => at < content.length)
          .map((segment) => ({ segment, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key);
        const { stream, text, gaps } = collect();
        stream.start(start);
        for (const { segment } of segments) {
          const [at = 0, length = 0] = segment;
          stream.take((start + at) >>> 0, content.subarray(at, at + length), 0);
        }
        expect([text(), gaps]).toEqual([String.fromCharCode(...content), []]);
      }),
    );
  });
});
