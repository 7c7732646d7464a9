// Which layer and field every byte of a source belongs to: what lets bytes and tree highlight each
// other. Draws nothing.

import type { Frame, Selection } from '../capture/capture.ts';
import type { ByteRange } from '../lib/bytes.ts';

/** For every byte of the source the index of the innermost layer that covers it, -1 for none. */
export function layerOfBytes(frame: Frame, source: number): Int16Array {
  const owner = new Int16Array(frame.sources[source]?.bytes.length ?? 0).fill(-1);
  for (const [index, layer] of frame.layers.entries()) {
    if (layer.source === source) owner.fill(index, layer.range[0], layer.range[1]);
  }
  return owner;
}

/** The ranges of a source that were computed into another one by undoing a mask. */
export function maskedRanges(
  frame: Frame,
  source: number,
): readonly { readonly range: ByteRange; readonly plain: number }[] {
  return frame.sources.flatMap(({ origin, from }, plain) =>
    origin === 'unmasked' && from?.source === source ? [{ range: from.range, plain }] : [],
  );
}

/** What the byte at `at` says: the smallest field of the innermost layer around it. */
export function selectionAt(frame: Frame, source: number, at: number): Selection {
  for (let layer = frame.layers.length - 1; layer >= 0; layer--) {
    const { source: where, range, fields = [] } = frame.layers[layer] ?? {};
    if (where !== source || !range || at < range[0] || at >= range[1]) continue;
    let best: number | undefined;
    let size = Number.POSITIVE_INFINITY;
    for (const [index, { range: bytes }] of fields.entries()) {
      const length = bytes[1] - bytes[0];
      if (at < bytes[0] || at >= bytes[1] || length >= size) continue;
      best = index;
      size = length;
    }
    return { frame: frame.id, layer, ...(best === undefined ? {} : { field: best }) };
  }
  return { frame: frame.id };
}

/** The bytes that the selection means, and the source in which they lie. */
export function selectedBytes(
  frame: Frame,
  { layer: index, field }: Selection,
): { readonly source: number; readonly range: ByteRange } | undefined {
  const layer = index === undefined ? undefined : frame.layers[index];
  if (!layer) return undefined;
  const range = (field === undefined ? undefined : layer.fields[field]?.range) ?? layer.range;
  return { source: layer.source, range };
}
