import type { Bytes } from '../lib/bytes.ts';
import { number } from '../lib/params.ts';
import { defineFault } from './fault.ts';

export const corrupt = defineFault({
  name: 'corrupt',
  title: 'Corruption',
  what: 'In some packets one bit is turned over; a checksum is there to notice.',
  params: {
    rate: number({ label: 'Corrupted', unit: '%', min: 0, max: 100, step: 0.1, initial: 1 }),
  },
  suits: ['packets'],
  create({ rate }, random) {
    // Three draws a packet, always, so that the k-th packet's fate depends on k alone.
    return (packet) => {
      const isHit = random.next() < rate / 100;
      const [byte, bit] = [random.next(), random.next()];
      const { bytes } = packet;
      if (!isHit || bytes.length === 0) return [packet];
      return [
        { ...packet, bytes: turned(bytes, Math.floor(byte * bytes.length), Math.floor(bit * 8)) },
      ];
    };
  },
});

function turned(bytes: Bytes, at: number, bit: number): Bytes {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}
