import { number } from '../lib/params.ts';
import { after, millis } from '../lib/time.ts';
import { defineFault } from './fault.ts';

export const duplicate = defineFault({
  name: 'duplicate',
  title: 'Duplicates',
  what: 'Some packets arrive twice.',
  params: {
    rate: number({ label: 'Duplicated', unit: '%', min: 0, max: 100, step: 0.1, initial: 1 }),
    gap: number({
      label: 'Second one later by',
      unit: 'ms',
      min: 0,
      max: 5_000,
      step: 1,
      initial: 0,
    }),
  },
  suits: ['packets'],
  create({ rate, gap }, random) {
    return (packet) => {
      const isTwice = random.next() < rate / 100;
      return isTwice ? [packet, { ...packet, at: after(packet.at, millis(gap)) }] : [packet];
    };
  },
});
