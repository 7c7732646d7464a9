// What a page asks of the thread that draws its moving pictures: plain values, so that they can be
// sent there. Draws nothing.

import type { Protocol } from '../wire/layer.ts';
import type { CapsuleShape } from './capsule-shape.ts';
import type { Future } from './view.ts';

export interface InkOrder {
  /** Custom properties of the page, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Device pixels a CSS pixel. */
  readonly scale: number;
  readonly faces: readonly FaceOrder[];
}

/** A font face as the page's style sheets declare it; addresses in `src` are whole. */
export interface FaceOrder {
  readonly family: string;
  readonly src: string;
  readonly weight: string;
  readonly unicodeRange: string;
}

/** Everything in CSS pixels. */
export interface PacketsOrder {
  readonly width: number;
  readonly height: number;
  /** Capsules that no order before had, by number; with `isAnew` all others are forgotten. */
  readonly fresh: readonly (readonly [number, CapsuleShape])[];
  readonly isAnew: boolean;
  /** Of every capsule, in the order of drawing: its number, x, y, opacity, and `MARKS`. */
  readonly places: Float64Array;
}

export const PLACE = 5;
export const MARKS = { striped: 1, chosen: 2, dead: 4, up: 8 } as const;

/** Everything in CSS pixels of the whole diagram, whose top is 0. */
export interface LadderOrder {
  readonly width: number;
  readonly height: number;
  /** Tiles of another edition are void. */
  readonly edition: number;
  readonly fresh: readonly (readonly [number, TileScript])[];
  readonly left: number;
  readonly right: number;
  readonly future: Future;
  readonly scroll: number;
  /** Where the playhead is. */
  readonly now: number;
  /** How many frames have passed. */
  readonly passed: number;
  readonly chosen: ChosenArrow | undefined;
}

export interface Arrow {
  readonly id: number;
  /** Where it touches the server's line and the browser's. */
  readonly y: number;
  readonly farY: number;
  readonly isUp: boolean;
  readonly protocol: Protocol;
  readonly isDense: boolean;
  /** It died in the link. */
  readonly isLost: boolean;
  /** Absent where there is no room for one. */
  readonly label: string | undefined;
}

export interface Curve {
  readonly top: number;
  readonly bottom: number;
  /** The frame with which it became complete. */
  readonly last: number;
}

/** One tile of the diagram: the frames that may reach into it, without a gap, and the brackets. */
export interface TileScript {
  readonly first: number;
  readonly arrows: readonly Arrow[];
  readonly brackets: readonly Curve[];
}

export interface ChosenArrow {
  readonly arrow: Arrow;
  readonly brackets: readonly Curve[];
}

export type PictureKind = 'packets' | 'ladder';

export type PictureMessage =
  | {
      readonly kind: 'open';
      readonly picture: number;
      readonly what: PictureKind;
      readonly canvas: OffscreenCanvas;
    }
  | { readonly kind: 'ink'; readonly ink: InkOrder }
  | {
      readonly kind: 'draw';
      readonly picture: number;
      readonly order: PacketsOrder | LadderOrder;
    }
  | { readonly kind: 'close'; readonly picture: number };
