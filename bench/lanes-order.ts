// What the bench of the lanes and its server say to each other, and the lanes that both have.

import type { LaneRequest } from '../src/contract/labs.ts';

export const LANE_NAMES = ['short', 'long', 'sse', 'websocket', 'socketio'] as const;
export type LaneName = (typeof LANE_NAMES)[number];

export const laneRequest = (_: LaneName): LaneRequest => ({
  exercise: 'news',
  transports: ['websocket'],
  compression: false,
});

export interface Plan extends Readonly<Record<string, number>> {
  readonly count: number;
  readonly everyMs: number;
  readonly size: number;
}

export type LanesOrder = { readonly n: number } & (
  | { readonly what: 'ports' }
  | { readonly what: 'cpu' }
  | { readonly what: 'open-bare' }
  | { readonly what: 'clock'; readonly lab: string }
  | { readonly what: 'start-bare'; readonly index: number; readonly plan: Plan }
  | { readonly what: 'emitted-bare'; readonly index: number }
  | { readonly what: 'close-bare'; readonly index: number }
);

export interface LanesAnswer {
  readonly n: number;
  readonly ports?: readonly number[];
  readonly micros?: number;
  readonly emitted?: readonly (readonly [item: string, micros: number])[];
}
