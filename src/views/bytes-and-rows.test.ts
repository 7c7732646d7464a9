import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerOfBytes, maskedRanges, selectedBytes, selectionAt } from './byte-owner.ts';
import { rowWindow, scrollToRow } from './row-window.ts';
import { sampleCapture } from './testing/sample.ts';
import { selectedRow, treeRows } from './tree-rows.ts';

const { frames } = sampleCapture();

test('every byte leads to a field that leads back to it', () => {
  for (const frame of frames) {
    for (const [source, { bytes }] of frame.sources.entries()) {
      for (const at of bytes.keys()) {
        const marked = selectedBytes(frame, selectionAt(frame, source, at));
        expect(marked?.source).toBe(source);
        expect(marked && marked.range[0] <= at && at < marked.range[1]).toBe(true);
      }
    }
  }
});

test('masked bytes point at what they say', () => {
  const [, , probe] = frames;
  expect(probe && maskedRanges(probe, 0)).toEqual([{ range: [6, 12], plain: 1 }]);
  expect(probe && [...layerOfBytes(probe, 1)]).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a tree has the fields of open layers only, and finds the selection', () => {
  const event = frames[5];
  if (!event) throw new Error('the sample has an event');
  expect(treeRows(event, new Set()).map(({ level }) => level)).toEqual([1, 2, 3]);
  const rows = treeRows(event, new Set([1]));
  expect(rows[selectedRow(rows, { frame: 5, layer: 1, field: 0 })]).toEqual({
    layer: 1,
    field: 0,
    level: 3,
  });
});

test('the window holds every row on the screen, and never more than fit and a margin', () => {
  const nat = fc.nat(100_000);
  fc.assert(
    fc.property(nat, nat, (count, scrollTop) => {
      const { first, last } = rowWindow(count, 36, scrollTop, 400);
      expect(last - first).toBeLessThanOrEqual(Math.ceil(400 / 36) + 13);
      for (let row = first; row < last; row++) expect(row).toBeLessThan(count);
      const middle = Math.floor((scrollTop + 200) / 36);
      if (middle < count) expect(first <= middle && middle < last).toBe(true);
    }),
  );
});

test('a row in sight needs no scrolling', () => {
  expect([
    scrollToRow(3, 36, 100, 400),
    scrollToRow(0, 36, 100, 400),
    scrollToRow(20, 36, 0, 400),
  ]).toEqual([100, 0, 356]);
});
