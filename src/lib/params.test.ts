// One description checks any value and never lets through what it forbids.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkParams, choice, defaults, number, ordinals } from './params.ts';

const SPEC = {
  delay: number({ label: 'Delay', unit: 'ms', min: 0, max: 100, step: 1, initial: 10 }),
  how: choice({ label: 'How', choices: ['fin', 'reset'], initial: 'fin' }),
  which: ordinals({ label: 'Which', max: 9, most: 3 }),
};

describe('knobs', () => {
  it('have defaults, which pass', () => {
    expect(defaults(SPEC)).toEqual({ delay: 10, how: 'fin', which: [] });
    expect(checkParams(SPEC, {})).toEqual({ ok: true, value: defaults(SPEC) });
    expect(checkParams(SPEC, { delay: 99.5, which: [1, 9] })).toEqual({
      ok: true,
      value: { delay: 99.5, how: 'fin', which: [1, 9] },
    });
  });

  it.each([
    ['delay', { delay: -1 }],
    ['delay', { delay: 101 }],
    ['delay', { delay: Number.NaN }],
    ['delay', { delay: '5' }],
    ['delay', { delay: undefined }],
    ['how', { how: 'toString' }],
    ['which', { which: [0] }],
    ['which', { which: [2, 2] }],
    ['which', { which: [1.5] }],
    ['which', { which: [1, 2, 3, 4] }],
    ['which', { which: [10] }],
    ['other', { other: 1 }],
    ['toString', { toString: 1 }],
    ['', null],
    ['', []],
    ['', 7],
  ])('refuse %s in %j', (key, value) => {
    expect(checkParams(SPEC, value)).toMatchObject({ ok: false, key });
  });

  it('answer to anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const checked = checkParams(SPEC, value);
        if (checked.ok) expect(checked.value.delay).toBeGreaterThanOrEqual(0);
        else expect(checked.message).not.toBe('');
      }),
    );
  });
});
