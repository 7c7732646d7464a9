// What every field owes the learner who points at it.

import { describe, expect, it } from 'vitest';
import { FIELD_SPECS } from './index.ts';

describe.each(FIELD_SPECS)('$key', ({ key, label, explain, spec }) => {
  it('has a label, one plain sentence and a section', () => {
    expect(key).toMatch(/^[a-z0-9]+(\.[a-z0-9_]+)+$/);
    expect(label).not.toBe('');
    expect(explain).toMatch(/^[\p{Lu}1-9].*\.$/u);
    expect(explain).not.toMatch(/[!]/);
    expect(explain.length).toBeLessThanOrEqual(220);
    expect(spec).not.toBe('');
  });
});

it('has one name a field', () => {
  const keys = FIELD_SPECS.map(({ key }) => key);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});
