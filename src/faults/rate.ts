import { number } from '../lib/params.ts';
import { after, type Micros, micros, seconds } from '../lib/time.ts';
import { defineFault, type Timed } from './fault.ts';

/** Of a stream: what leaves at once, so that a large piece trickles instead of coming whole at the end. */
const PIECE_BYTES = 1_460;

/** What waits for its turn. */
interface Waiting {
  readonly startsAt: Micros;
  readonly bytes: number;
}

export const rate = defineFault({
  name: 'rate',
  title: 'Rate',
  what: 'So many bits a second; packets that find the queue full are lost, a stream is slowed.',
  params: {
    bits: number({
      label: 'Rate',
      unit: 'bit/s',
      min: 1_000,
      max: 10_000_000_000,
      step: 1_000,
      initial: 1_000_000,
    }),
    queueBytes: number({
      label: 'Queue',
      unit: 'bytes',
      min: 0,
      max: 100_000_000,
      step: 1_500,
      initial: 150_000,
    }),
    queuePackets: number({
      label: 'Queue',
      unit: 'packets',
      min: 0,
      max: 1_000_000,
      step: 1,
      initial: 100,
    }),
  },
  suits: ['packets', 'stream'],
  create({ bits, queueBytes, queuePackets }, _, { carrier }) {
    let freeAt = micros(0);
    let queue: Waiting[] = [];
    const send = (piece: Timed): Timed => {
      const startsAt = micros(Math.max(piece.at, freeAt));
      freeAt = after(startsAt, seconds((piece.bytes.length * 8) / bits));
      if (startsAt > piece.at) queue.push({ startsAt, bytes: piece.bytes.length });
      return { ...piece, at: freeAt };
    };
    if (carrier === 'stream') {
      return (piece) => {
        const parts = slices(piece, PIECE_BYTES).map(send);
        queue = [];
        return parts;
      };
    }
    return (packet) => {
      // The one on its way is not in the queue: as in a device with a queue before it.
      queue = queue.filter(({ startsAt }) => startsAt > packet.at);
      const waiting = queue.reduce((sum, { bytes }) => sum + bytes, 0);
      const isBusy = freeAt > packet.at;
      const isFull = queue.length + 1 > queuePackets || waiting + packet.bytes.length > queueBytes;
      return isBusy && isFull ? [] : [send(packet)];
    };
  },
});

/** The piece in parts of at most `most` bytes; what ends the stream stays with the last. */
export function slices({ bytes, at, ...rest }: Timed, most: number): Timed[] {
  const parts: Timed[] = [];
  for (let from = 0; from + most < bytes.length; from += most) {
    parts.push({ bytes: bytes.subarray(from, from + most), at });
  }
  parts.push({ bytes: bytes.subarray(parts.length * most), at, ...rest });
  return parts;
}
