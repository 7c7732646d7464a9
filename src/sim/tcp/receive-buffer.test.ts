import fc from 'fast-check';
import { expect, it } from 'vitest';
import { join } from '../../lib/join.ts';
import { ReceiveBuffer } from './receive-buffer.ts';

const STREAM = Uint8Array.from({ length: 200 }, (_, i) => i);
const piece = fc.record({ start: fc.nat(190), length: fc.integer({ min: 1, max: 40 }) });

it('gives the stream in order, whatever overlapping pieces come in whatever order', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(30), (pieces, step) => {
      const buffer = new ReceiveBuffer();
      const has = new Set<number>();
      const read: Uint8Array[] = [];
      for (const { start, length } of pieces) {
        const end = Math.min(STREAM.length, start + length);
        const wasThere = Array.from({ length: end - start }, (_, i) => has.has(start + i));
        const arrival = buffer.insert(start, STREAM.slice(start, end));
        for (let at = start; at < end; at++) has.add(at);
        let nxt = 0;
        while (has.has(nxt)) nxt++;
        expect(buffer.nxt).toBe(nxt);
        if (wasThere.every(Boolean)) expect(arrival.duplicate).toEqual({ start, end });
        // Every block is something that is there beyond the gap, the latest arrival's first.
        for (const block of buffer.blocks) {
          expect(block.end).toBeGreaterThan(nxt);
          for (let at = block.start; at < block.end; at++) expect(has.has(at)).toBe(true);
        }
        if (start > nxt && end > nxt) {
          const [first] = buffer.blocks;
          expect(first && first.start <= start && first.end >= end).toBe(true);
        }
        expect(buffer.piecesBytes).toBe([...has].filter((at) => at >= nxt).length);
        read.push(buffer.read(step));
      }
      read.push(buffer.read(Number.POSITIVE_INFINITY));
      expect([...join(read)]).toEqual([...STREAM.subarray(0, buffer.nxt)]);
    }),
  );
});
