import { number } from '../lib/params.ts';
import { after, millis } from '../lib/time.ts';
import { defineFault } from './fault.ts';

export const reorder = defineFault({
  name: 'reorder',
  title: 'Reordering',
  what: 'Some packets are held back for a while, so that later ones overtake them.',
  params: {
    rate: number({ label: 'Held back', unit: '%', min: 0, max: 100, step: 0.1, initial: 1 }),
    by: number({ label: 'For', unit: 'ms', min: 0, max: 5_000, step: 1, initial: 10 }),
  },
  suits: ['packets'],
  create({ rate, by }, random) {
    return (packet) => {
      const isHeld = random.next() < rate / 100;
      return [isHeld ? { ...packet, at: after(packet.at, millis(by)) } : packet];
    };
  },
});
