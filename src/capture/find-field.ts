// Where a capture shows a field: for links that lead from a word to the bytes that it means.

import type { Capture, Selection } from './capture.ts';

/** Whether a key is meant by one of these; `http.header.*` means all that begin so. */
export const isMeant = (key: string, keys: readonly string[]): boolean =>
  keys.some((each) => (each.endsWith('*') ? key.startsWith(each.slice(0, -1)) : key === each));

/** The first field with one of these keys, if any frame has one. */
export function findField({ frames }: Capture, keys: readonly string[]): Selection | undefined {
  for (const { id, layers } of frames) {
    for (const [layer, { fields }] of layers.entries()) {
      const field = fields.findIndex(({ spec }) => isMeant(spec.key, keys));
      if (field >= 0) return { frame: id, layer, field };
    }
  }
  return undefined;
}
