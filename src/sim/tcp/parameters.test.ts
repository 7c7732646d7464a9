import { expect, it } from 'vitest';
import { PARAMETERS, parametersOf } from './parameters.ts';

it('says of every value where it comes from', () => {
  for (const { label, linux, textbook } of Object.values(PARAMETERS)) {
    expect(label).toMatch(/^[A-Z]/);
    expect(linux.source).not.toBe('');
    expect(textbook.source).not.toBe('');
  }
});

it('makes a profile, with what is to be different', () => {
  expect(parametersOf('linux')).toMatchObject({ congestion: 'cubic', minRto: 200_000 });
  expect(parametersOf('textbook', { congestion: 'cubic' })).toMatchObject({
    congestion: 'cubic',
    recovery: 'newreno',
    minRto: 1_000_000,
  });
});
