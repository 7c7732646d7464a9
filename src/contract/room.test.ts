// Laws of the fold, over random logs: how a log was cut, repeated or mixed up never changes the state.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClassEntry } from './class.ts';
import { EMPTY_ROOM, fold, type Room } from './room.ts';

type Unnumbered<E = ClassEntry> = E extends ClassEntry ? Omit<E, 'seq' | 'at'> : never;

const NAMES = ['Kim', 'kim', 'Kim 2', 'Kim  2', 'Ｋｉｍ', 'Ada', 'constructor', '__proto__'];

const entry: fc.Arbitrary<Unnumbered> = fc.oneof(
  fc.record({
    kind: fc.constant('joined' as const),
    learner: fc.uuid(),
    name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1, maxLength: 40 })),
  }),
  fc.record({
    kind: fc.constant('pushed' as const),
    scene: fc.record({
      kind: fc.constant('step' as const),
      lesson: fc.constant('a-lesson'),
      step: fc.integer({ min: 1, max: 99 }),
    }),
  }),
  fc.constant({ kind: 'hidden' as const }),
);

const log = fc
  .array(entry, { maxLength: 40 })
  .map((entries) =>
    [{ kind: 'created' as const }, ...entries].map(
      (what, i) => ({ seq: i + 1, at: i, ...what }) as ClassEntry,
    ),
  );

const logAndCut = log.chain((entries) =>
  fc.tuple(fc.constant(entries), fc.nat({ max: entries.length })),
);

describe('the fold of a log', () => {
  it('is the same whole or in two parts', () => {
    fc.assert(
      fc.property(logAndCut, ([entries, cut]) => {
        expect(fold(entries.slice(cut), fold(entries.slice(0, cut)))).toEqual(fold(entries));
      }),
    );
  });

  it('is changed by no entry that it has', () => {
    fc.assert(
      fc.property(logAndCut, ([entries, cut]) => {
        const room = fold(entries);
        expect(fold(entries.slice(0, cut), room)).toBe(room);
        expect(fold(entries.flatMap((one) => [one, one]))).toEqual(room);
      }),
    );
  });

  it('stops at a gap, and goes on from there', () => {
    fc.assert(
      fc.property(logAndCut, ([entries, cut]) => {
        const torn = fold(entries.filter((_, i) => i !== cut));
        expect(torn).toEqual(fold(entries.slice(0, cut)));
        expect(fold(entries.slice(torn.head), torn)).toEqual(fold(entries));
      }),
    );
  });

  it('comes out right in any order, asked again as often as there is a gap', () => {
    const shuffled = log.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
    );
    fc.assert(
      fc.property(shuffled, ([entries, order]) => {
        let room: Room = EMPTY_ROOM;
        while (room.head < entries.length) room = fold(order, room);
        expect(room).toEqual(fold(entries));
      }),
    );
  });

  it('shows the last push, and every learner in the order of joining', () => {
    fc.assert(
      fc.property(log, (entries) => {
        const room = fold(entries);
        const pushes = entries.filter(({ kind }) => kind === 'pushed');
        expect(room.head).toBe(entries.length);
        expect(room.pushed?.seq).toBe(pushes.at(-1)?.seq);
        const joined = entries.filter((one) => one.kind === 'joined');
        expect(room.learners.map(({ id }) => id)).toEqual(joined.map(({ learner }) => learner));
      }),
    );
  });
});

describe('labels', () => {
  const labels = (...names: string[]) =>
    fold(
      names.map((name, i) => ({ seq: i + 1, at: 0, kind: 'joined', learner: `${i}`, name })),
    ).learners.map(({ label }) => label);

  it('tell equal names apart', () => {
    expect(labels('Kim', 'Ada', 'Kim', 'kim')).toEqual(['Kim', 'Ada', 'Kim 2', 'kim 3']);
    expect(labels('Kim', 'Kim', 'Kim 2')).toEqual(['Kim', 'Kim 2', 'Kim 2 2']);
    expect(labels('Kim 2', 'Kim', 'Kim')).toEqual(['Kim 2', 'Kim', 'Kim 3']);
  });

  it('are never the same, and never change when others join', () => {
    fc.assert(
      fc.property(logAndCut, ([entries, cut]) => {
        const all = fold(entries).learners.map(({ label }) => label);
        expect(new Set(all.map((label) => label.toLowerCase())).size).toBe(all.length);
        const before = fold(entries.slice(0, cut)).learners.map(({ label }) => label);
        expect(all.slice(0, before.length)).toEqual(before);
      }),
    );
  });
});
