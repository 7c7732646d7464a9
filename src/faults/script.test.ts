// A script is believed only when every part of it is right, and survives the way through an address.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Param } from '../lib/params.ts';
import { FAULTS } from './index.ts';
import type { Place } from './place.ts';
import { parseScript } from './script.ts';
import { readScriptText, scriptText } from './script-text.ts';

const PLACE: Place = {
  lane: 'main',
  carrier: 'websocket',
  direction: 'down',
  protocol: 'socketio',
  type: 'event',
  name: 'news',
  nth: 3,
  at: 'before',
};
const entry = (more: object = {}) => ({
  fault: 'latency',
  direction: 'both',
  when: { from: 0 },
  params: { delay: 5 },
  ...more,
});
const script = (...entries: unknown[]) => ({ name: 'a script', seed: 7, entries });

const anyValue = (param: Param): fc.Arbitrary<unknown> =>
  param.kind === 'number'
    ? fc.double({ min: param.min, max: param.max, noNaN: true })
    : param.kind === 'choice'
      ? fc.constantFrom(...param.choices)
      : fc
          .uniqueArray(fc.integer({ min: 1, max: param.max }), { maxLength: 5 })
          .map((all) => all.toSorted((a, b) => a - b));

const places = fc.record({
  lane: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
  carrier: fc.constantFrom('http', 'websocket'),
  direction: fc.constantFrom('up', 'down'),
  protocol: fc.constantFrom('http', 'websocket', 'engineio', 'socketio'),
  type: fc.stringMatching(/^\w{1,20}$/),
  name: fc.string({ maxLength: 50, unit: 'grapheme' }),
  nth: fc.integer({ min: 1, max: 1_000_000 }),
  at: fc.oneof(fc.constantFrom('before', 'after'), fc.nat(10_000_000)),
});

const whens = fc.oneof(
  fc.record({ from: fc.nat(1_000) }),
  fc.record({ from: fc.nat(1_000), until: fc.integer({ min: 1_001, max: 3_600_000 }) }),
  fc.record(
    { place: places, everywhere: fc.constant(true), for: fc.nat(3_600_000) },
    { requiredKeys: ['place'] },
  ),
);

const scripts = (carrier: 'packets' | 'stream') =>
  fc.record({
    name: fc.string({ maxLength: 20, unit: 'grapheme' }),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    entries: fc.array(
      fc.constantFrom(...FAULTS.filter(({ suits }) => suits.includes(carrier))).chain((fault) =>
        fc.record({
          fault: fc.constant(fault.name),
          direction: fc.constantFrom('up', 'down', 'both'),
          when: whens,
          params: fc.record(
            Object.fromEntries(
              Object.entries(fault.params).map(([key, param]) => [key, anyValue(param)]),
            ),
          ),
        }),
      ),
      { maxLength: 6 },
    ),
  });

describe('a script', () => {
  it.each(['packets', 'stream'] as const)('of %s comes back from its text', (carrier) => {
    fc.assert(
      fc.property(scripts(carrier), (one) => {
        const parsed = parseScript(one, carrier);
        if (!parsed.ok) throw new Error(parsed.message);
        expect(readScriptText(scriptText(parsed.value), carrier)).toEqual(parsed);
      }),
    );
  });

  it('is short in an address', () => {
    const parsed = parseScript(script(entry(), entry({ fault: 'stall', params: {} })));
    expect(parsed.ok && scriptText(parsed.value)).toBe(
      'a%20script;7;latency,both,0..,delay=5,jitter=0;stall,both,0..',
    );
  });

  it.each([
    ['link/bad-script', null],
    ['link/bad-script', []],
    ['link/bad-script', { ...script(), more: 1 }],
    ['link/bad-script', script(entry({ more: 1 }))],
    ['link/bad-script', script(7)],
    ['link/too-long', { ...script(), name: 'x'.repeat(61) }],
    ['link/too-long', script(...Array.from({ length: 17 }, () => entry()))],
    ['link/bad-value', { ...script(), seed: 0.5 }],
    ['link/bad-value', { ...script(), seed: -1 }],
    ['link/no-such-fault', script(entry({ fault: 'toString' }))],
    ['link/no-such-fault', script(entry({ fault: undefined }))],
    ['link/not-for-streams', script(entry({ fault: 'loss', params: {} }))],
    ['link/bad-value', script(entry({ direction: 'sideways' }))],
    ['link/bad-value', script(entry({ params: { delay: 1e9 } }))],
    ['link/bad-value', script(entry({ params: { delay: Number.NaN } }))],
    ['link/bad-value', script(entry({ params: { other: 1 } }))],
    ['link/bad-value', script(entry({ when: { from: 5, until: 5 } }))],
    ['link/bad-value', script(entry({ when: { from: 0, until: 1e12 } }))],
    ['link/bad-value', script(entry({ when: {} }))],
    ['link/bad-value', script(entry({ when: { place: { ...PLACE, nth: 0 } } }))],
    ['link/bad-value', script(entry({ when: { place: { ...PLACE, more: 0 } } }))],
    ['link/bad-value', script(entry({ when: { place: PLACE, from: 0 } }))],
  ])('is refused with %s: %j', (code, value) => {
    expect(parseScript(value)).toMatchObject({ ok: false, code });
  });

  it('says in which entry what is wrong', () => {
    expect(parseScript(script(entry(), entry({ params: { delay: -1 } })))).toMatchObject({
      message: 'Entry 2: delay Delay must be a number from 0 to 10000 ms',
    });
    expect(parseScript(script(entry({ fault: 'reset', params: {} })), 'packets')).toMatchObject({
      code: 'link/not-for-packets',
    });
  });

  it('answers to anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (value, text) => {
        expect(typeof parseScript(value).ok).toBe('boolean');
        expect(typeof readScriptText(text).ok).toBe('boolean');
      }),
    );
  });
});
