// Every script that can be written can be told in words, and the words say where it breaks.

import { expect, it } from 'vitest';
import { FAULTS } from '../../faults/index.ts';
import type { Place } from '../../faults/place.ts';
import { parseScript } from '../../faults/script.ts';
import { entryWords, placeWords } from './script-words.ts';

const PLACE: Place = {
  lane: 'main',
  carrier: 'websocket',
  direction: 'up',
  protocol: 'socketio',
  type: 'event',
  name: 'hello',
  nth: 2,
  at: 'after',
};

it('says which message it is, which way, and where in it', () => {
  expect(placeWords(PLACE)).toBe('right after the 2nd event “hello” to the server');
  expect(placeWords({ ...PLACE, nth: 11, at: 3, name: '' })).toBe(
    'behind byte 3 of the 11th event to the server',
  );
  expect(
    placeWords({
      ...PLACE,
      protocol: 'http',
      type: '101',
      name: '',
      nth: 1,
      at: 'before',
      direction: 'down',
    }),
  ).toBe('before the 1st HTTP 101 to the browser');
});

it.each(FAULTS.filter(({ suits }) => suits.includes('stream')))(
  'tells $name',
  ({ name, title }) => {
    for (const when of [{ from: 0 }, { from: 100, until: 900 }, { place: PLACE, for: 50 }]) {
      const script = parseScript({
        name: 'x',
        seed: 1,
        entries: [{ fault: name, direction: 'both', when }],
      });
      if (!script.ok) throw new Error(script.message);
      const [entry] = script.value.entries;
      expect(entry && entryWords(entry)).toMatch(new RegExp(`^${title}[, ]`));
    }
  },
);
