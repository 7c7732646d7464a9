import { number, ordinals } from '../lib/params.ts';
import { defineFault } from './fault.ts';

export const loss = defineFault({
  name: 'loss',
  title: 'Random loss',
  what: 'Each packet is lost with the same chance, whatever happened to the others.',
  params: {
    rate: number({ label: 'Loss', unit: '%', min: 0, max: 100, step: 0.1, initial: 1 }),
    also: ordinals({ label: 'Also lost', max: 1_000_000, most: 100 }),
  },
  suits: ['packets'],
  create({ rate, also }, random) {
    const listed = new Set(also);
    let count = 0;
    // One draw a packet, also for those in the list: the k-th draw decides about the k-th packet.
    return (packet) => {
      count++;
      const isDrawn = random.next() < rate / 100;
      return isDrawn || listed.has(count) ? [] : [packet];
    };
  },
});
