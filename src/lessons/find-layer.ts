// Finding the first layer in a capture that something is true of. Knows no protocol.

import type { Capture, Frame, LayerRef } from '../capture/capture.ts';
import { fieldOf, type Layer } from '../wire/layer.ts';

/** The first layer, in the order of the capture, for which `is` holds. */
export function findLayer(
  { frames }: Capture,
  is: (layer: Layer, frame: Frame) => boolean,
): LayerRef | undefined {
  for (const frame of frames) {
    const layer = frame.layers.findIndex((candidate) => is(candidate, frame));
    if (layer >= 0) return { frame: frame.id, layer };
  }
  return undefined;
}

/** The number of a protocol's type field, as text or number on the wire, in words. */
export const typeOf = (layer: Layer): string | undefined =>
  fieldOf(layer, `${layer.protocol}.type`)?.meaning;
