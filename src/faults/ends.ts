// The faults that end a stream: closed in order, torn down, or turned away at its beginning.

import { EMPTY } from '../lib/bytes.ts';
import { number } from '../lib/params.ts';
import { type Decide, defineFault, type Ending } from './fault.ts';

const afterBytes = number({
  label: 'After',
  unit: 'bytes',
  min: 0,
  max: 100_000_000,
  step: 1,
  initial: 0,
});

/** Exactly so many bytes pass from when the span began, then the end; nothing follows it. */
function endAfter(count: number, ends: Ending): Decide {
  let left = Math.floor(count);
  let isOver = false;
  return ({ bytes, at }) => {
    if (isOver) return [];
    const passed = bytes.subarray(0, left);
    left -= passed.length;
    isOver = left === 0;
    return [isOver ? { bytes: passed, at, ends } : { bytes: passed, at }];
  };
}

export const close = defineFault({
  name: 'close',
  title: 'Close',
  what: 'The connection is closed in order (FIN): both ends are told, what was on the way is lost.',
  params: { after: afterBytes },
  suits: ['stream'],
  create({ after }) {
    return endAfter(after, 'fin');
  },
});

export const reset = defineFault({
  name: 'reset',
  title: 'Reset',
  what: 'The connection is torn down (RST): both ends are told, what was on the way is lost.',
  params: { after: afterBytes },
  suits: ['stream'],
  create({ after }) {
    return endAfter(after, 'reset');
  },
});

export const turnAway = defineFault({
  name: 'turn-away',
  title: 'Turn away',
  what: 'New connections are accepted and reset as soon as the request names the lab; a refused SYN would end them earlier.',
  params: {},
  suits: ['stream'],
  create(_, __, { openedAt, from, until }) {
    const isNew = openedAt >= from && openedAt < until;
    return ({ at, ...piece }) => [isNew ? { bytes: EMPTY, at, ends: 'reset' } : { at, ...piece }];
  },
});
