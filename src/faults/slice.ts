import { number } from '../lib/params.ts';
import { after, type Micros, micros, millis } from '../lib/time.ts';
import { defineFault } from './fault.ts';
import { slices } from './rate.ts';

/** A gap between pieces costs a timer each, so very small pieces of much data are kept to a bound. */
const MOST_SLICES = 4_096;

export const slice = defineFault({
  name: 'slice',
  title: 'Slices',
  what: 'The stream arrives in small pieces: a message may come in many, since TCP keeps no boundaries.',
  params: {
    bytes: number({ label: 'Pieces of', unit: 'bytes', min: 1, max: 65_536, step: 1, initial: 16 }),
    gap: number({ label: 'Between them', unit: 'ms', min: 0, max: 1_000, step: 1, initial: 5 }),
  },
  suits: ['stream'],
  create({ bytes, gap }) {
    let freeAt: Micros = micros(0);
    return (piece) => {
      const size = Math.max(Math.floor(bytes), Math.ceil(piece.bytes.length / MOST_SLICES));
      return slices(piece, size).map((part) => {
        const at = micros(Math.max(piece.at, freeAt));
        if (part.bytes.length > 0) freeAt = after(at, millis(gap));
        return { ...part, at };
      });
    };
  },
});
