import { number } from '../lib/params.ts';
import { after, millis } from '../lib/time.ts';
import { defineFault } from './fault.ts';

export const latency = defineFault({
  name: 'latency',
  title: 'Latency and jitter',
  what: 'Everything arrives later, by a delay that differs from piece to piece.',
  params: {
    delay: number({ label: 'Delay', unit: 'ms', min: 0, max: 10_000, step: 10, initial: 100 }),
    jitter: number({ label: 'Jitter', unit: '± ms', min: 0, max: 5_000, step: 10, initial: 0 }),
  },
  suits: ['packets', 'stream'],
  create({ delay, jitter }, random) {
    return (piece) => {
      const spread = jitter * (2 * random.next() - 1);
      return [{ ...piece, at: after(piece.at, millis(Math.max(0, delay + spread))) }];
    };
  },
});
