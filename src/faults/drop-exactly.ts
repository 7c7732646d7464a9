import { ordinals } from '../lib/params.ts';
import { defineFault } from './fault.ts';

export const dropExactly = defineFault({
  name: 'drop-exactly',
  title: 'Lose exactly these',
  what: 'The packets with these ordinals are lost, counted from 1, and no others.',
  params: { which: ordinals({ label: 'Packets', max: 1_000_000, most: 100 }) },
  suits: ['packets'],
  create({ which }) {
    const listed = new Set(which);
    let count = 0;
    return (packet) => {
      count++;
      return listed.has(count) ? [] : [packet];
    };
  },
});
