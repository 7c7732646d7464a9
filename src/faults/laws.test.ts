// What every fault owes its users, including the ones not written yet.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../lib/bytes.ts';
import { defaults, type Param, type ParamValues } from '../lib/params.ts';
import { mulberry32 } from '../lib/random.ts';
import { type Micros, micros } from '../lib/time.ts';
import { type Carrier, NEVER, type Span, type Timed } from './fault.ts';
import { FAULTS, faultNamed } from './index.ts';

const spanOn = (carrier: Carrier): Span => ({
  carrier,
  from: micros(0),
  until: micros(1e9),
  openedAt: micros(0),
});

const anyValue = (param: Param): fc.Arbitrary<unknown> =>
  param.kind === 'number'
    ? fc.double({ min: param.min, max: param.max, noNaN: true })
    : param.kind === 'choice'
      ? fc.constantFrom(...param.choices)
      : fc
          .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 5 })
          .map((all) => all.toSorted((a, b) => a - b));

const pieces = fc
  .array(fc.record({ bytes: fc.uint8Array({ maxLength: 40 }), gap: fc.nat(2_000) }), {
    maxLength: 30,
  })
  .map((all) => {
    let at = 0;
    return all.map(({ bytes, gap }): Timed => {
      at += gap;
      return { bytes, at: micros(at) };
    });
  });

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

describe.each(FAULTS)('$name', (fault) => {
  const params = fc.record(
    Object.fromEntries(Object.entries(fault.params).map(([key, param]) => [key, anyValue(param)])),
  ) as fc.Arbitrary<ParamValues>;
  const run = (values: ParamValues, seed: number, carrier: Carrier, given: readonly Timed[]) => {
    const decide = fault.create(values, mulberry32(seed), spanOn(carrier));
    return given.map((piece) => decide(piece));
  };

  it('says what it is and suits something', () => {
    expect(fault.name).toMatch(/^[a-z][a-z-]{1,19}$/);
    expect(fault.what).toMatch(/\.$/);
    expect(fault.suits.length).toBeGreaterThan(0);
    expect(faultNamed(fault.name)).toBe(fault);
  });

  it.each(fault.suits)(
    'on %s: the same seed decides the same, and nothing leaves early',
    (carrier) => {
      fc.assert(
        fc.property(params, seeds, pieces, (values, seed, given) => {
          const out = run(values, seed, carrier, given);
          expect(run(values, seed, carrier, given)).toEqual(out);
          out.forEach((left, i) => {
            for (const { at } of left) expect(at).toBeGreaterThanOrEqual(given[i]?.at as Micros);
          });
        }),
      );
    },
  );

  if (fault.suits.includes('stream')) {
    it('on a stream: every byte passes once and in order, up to the end it makes', () => {
      fc.assert(
        fc.property(params, seeds, pieces, (values, seed, given) => {
          const all = run(values, seed, 'stream', given).flat();
          const end = all.findIndex(({ ends }) => ends !== undefined);
          const passed = end < 0 ? all : all.slice(0, end + 1);
          const before = concat(...given.map(({ bytes }) => bytes));
          const after = concat(...passed.map(({ bytes }) => bytes));
          expect(after).toEqual(before.subarray(0, after.length));
          if (end < 0) expect(after.length).toBe(before.length);
          else expect(all.slice(end + 1).every(({ bytes }) => bytes.length === 0)).toBe(true);
        }),
      );
    });
  } else {
    it('on packets: never ends a connection, which packets do not know', () => {
      fc.assert(
        fc.property(params, seeds, pieces, (values, seed, given) => {
          for (const { ends } of run(values, seed, 'packets', given).flat()) {
            expect(ends).toBeUndefined();
          }
        }),
      );
    });
  }

  it('never changes the bytes that it is given', () => {
    const bytes = Uint8Array.from({ length: 64 }, (_, i) => i);
    run(defaults(fault.params), 1, fault.suits[0] as Carrier, [{ bytes, at: micros(0) }]);
    expect(bytes).toEqual(Uint8Array.from({ length: 64 }, (_, i) => i));
  });
});

it('names every fault once, in the order of the alphabet', () => {
  const names = FAULTS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

it('a time that never comes is later than any', () => {
  expect(NEVER).toBeGreaterThan(micros(Number.MAX_VALUE));
});
