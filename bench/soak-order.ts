// What the soak and its server say to each other.

import type { FaultScript } from '../src/faults/script.ts';

export type SoakOrder = { readonly n: number } & (
  | { readonly what: 'port' }
  | { readonly what: 'memory' }
  | { readonly what: 'open' }
  | { readonly what: 'break'; readonly lab: string; readonly script: FaultScript }
  | { readonly what: 'strangers'; readonly lab: string; readonly mark: string }
  | { readonly what: 'close'; readonly lab: string }
);

export interface SoakAnswer {
  readonly n: number;
  readonly value: number;
  readonly detail?: string;
}
