import { number } from '../lib/params.ts';
import { defineFault } from './fault.ts';

const percent = (label: string, initial: number) =>
  number({ label, unit: '%', min: 0, max: 100, step: 0.1, initial });

/** The model of Gilbert (1960) and Elliott (1963): a channel with a good and a bad state. */
export const burstLoss = defineFault({
  name: 'burst-loss',
  title: 'Loss in bursts',
  what: 'The path is good or bad for a while, and loses packets mostly while it is bad.',
  params: {
    toBad: percent('Good turns bad, each packet', 1),
    toGood: percent('Bad turns good, each packet', 25),
    inGood: percent('Loss while good', 0),
    inBad: percent('Loss while bad', 100),
  },
  suits: ['packets'],
  create({ toBad, toGood, inGood, inBad }, random) {
    let isBad = false;
    // Two draws a packet, always: the state first, then the packet in that state.
    return (packet) => {
      const turns = random.next() < (isBad ? toGood : toBad) / 100;
      if (turns) isBad = !isBad;
      const isLost = random.next() < (isBad ? inBad : inGood) / 100;
      return isLost ? [] : [packet];
    };
  },
});
