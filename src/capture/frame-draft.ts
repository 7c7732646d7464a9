// A frame while it is being taken apart: its sources, its layers, and who asks or answers whom.
// Knows no protocol.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import type { Field, Layer, Origin, Problem, Protocol, Source } from '../wire/layer.ts';
import type { Pair } from './capture.ts';

/** One end of a pair. The other end has the same kind and key. */
export interface PairEnd {
  readonly kind: Pair['kind'];
  readonly key: string;
  readonly role: 'ask' | 'answer';
  readonly layer: number;
}

export interface LayerParts {
  readonly protocol: Protocol;
  readonly source: number;
  readonly range: ByteRange;
  readonly parent?: number;
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
}

export class FrameDraft {
  readonly sources: Source[];
  readonly layers: Layer[] = [];
  readonly ends: PairEnd[] = [];

  constructor(wire: Bytes) {
    this.sources = [{ origin: 'wire', bytes: wire }];
  }

  /** The index of the new source. */
  addSource(origin: Origin, bytes: Bytes, from?: { source: number; range: ByteRange }): number {
    this.sources.push({ origin, bytes, ...(from ? { from } : {}) });
    return this.sources.length - 1;
  }

  /** The index of the new layer. */
  addLayer(parts: LayerParts): number {
    this.layers.push(parts);
    return this.layers.length - 1;
  }

  bytesOf(source: number): Bytes {
    return this.sources[source]?.bytes ?? new Uint8Array(0);
  }
}
