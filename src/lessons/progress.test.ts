// What a browser's storage holds is read back as it was written, or counts as nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgress } from './progress.ts';

const progress = fc.record({
  step: fc.integer({ min: 1, max: 9 }),
  answers: fc.dictionary(fc.stringMatching(/^[a-z0-9-]{1,12}$/), fc.string({ maxLength: 40 })),
});
const stored = fc.dictionary(fc.stringMatching(/^[a-z-]{1,20}$/), progress, { maxKeys: 5 });

describe('progress in storage', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(stored, (all) => {
        expect(parseProgress(JSON.stringify(all))).toEqual(JSON.parse(JSON.stringify(all)));
      }),
    );
  });

  it('any text gives progress of the right shape and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const { step, answers } of Object.values(parseProgress(text))) {
          expect(Number.isInteger(step)).toBe(true);
          for (const answer of Object.values(answers)) expect(typeof answer).toBe('string');
        }
      }),
    );
  });

  it('one lesson that cannot be read takes no other with it', () => {
    const text = '{"emit":{"step":3,"answers":{"a":"b"}},"udp":{"step":"three"},"tcp":null}';
    expect(parseProgress(text)).toEqual({ emit: { step: 3, answers: { a: 'b' } } });
    expect(parseProgress(null)).toEqual({});
  });
});
