import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSlots } from './row-slots.ts';

const rows = fc.uniqueArray(fc.nat(60), { maxLength: 20 });

test('every wanted row has one slot, and a row that was there keeps its own', () => {
  fc.assert(
    fc.property(rows, rows, fc.boolean(), (before, wanted, keepsIdle) => {
      const slots = assignSlots(before, wanted, keepsIdle);
      for (const row of wanted) expect(slots.filter((one) => one === row)).toHaveLength(1);
      for (const [slot, row] of before.entries()) {
        if (wanted.includes(row)) expect(slots[slot]).toBe(row);
      }
      const others = slots.filter((row) => row !== undefined && !wanted.includes(row));
      if (!keepsIdle) expect(others).toEqual([]);
      for (const row of others) expect(before).toContain(row);
    }),
  );
});

test('rows that run on use the slots of those that are gone', () => {
  const slots = assignSlots([0, 1, 2, 3], [2, 3, 4, 5], true);
  expect(slots).toEqual([4, 5, 2, 3]);
  expect(assignSlots([0, 1, undefined], [1], false)).toEqual([undefined, 1, undefined]);
});
