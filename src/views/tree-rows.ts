// A frame as the rows of a tree: layers, and below each open one its fields. Draws nothing.

import type { Frame, Selection } from '../capture/capture.ts';
import type { Field, Layer } from '../wire/layer.ts';

export interface TreeRow {
  readonly layer: number;
  /** Absent for the layer's own row. */
  readonly field?: number;
  /** From 1, as ARIA counts. */
  readonly level: number;
}

/** In the order in which they are drawn; fields only of the layers in `open`. */
export function treeRows(frame: Frame, open: ReadonlySet<number>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  for (const [index, layer] of frame.layers.entries()) {
    const level = depthOf(frame, layer);
    rows.push({ layer: index, level });
    if (!open.has(index)) continue;
    for (const field of layer.fields.keys()) rows.push({ layer: index, field, level: level + 1 });
  }
  return rows;
}

function depthOf(frame: Frame, layer: Layer): number {
  let depth = 1;
  let parent = layer.parent;
  while (parent !== undefined && depth <= frame.layers.length) {
    depth++;
    parent = frame.layers[parent]?.parent;
  }
  return depth;
}

/** The row that the selection means; the layer's own where its field is not drawn. */
export function selectedRow(rows: readonly TreeRow[], selection: Selection | undefined): number {
  const exact = rows.findIndex(
    ({ layer, field }) => layer === selection?.layer && field === selection.field,
  );
  return exact >= 0 ? exact : rows.findIndex(({ layer }) => layer === selection?.layer);
}

/** `true`, `1 (text)`, `"hello"`: what a field says, in at most 120 characters. */
export function describeValue({ value, meaning }: Field): string {
  const said = typeof value === 'boolean' ? (value ? '1, set' : '0, not set') : String(value);
  const short = said.length > 120 ? `${said.slice(0, 119)}…` : said;
  return meaning === undefined || meaning === said ? short : `${short} (${meaning})`;
}
