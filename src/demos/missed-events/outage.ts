// The outage that a run suffers, and the script with which the link makes it. Knows neither lanes nor
// messages.

import type { FaultScript, ScriptEntry } from '../../faults/script.ts';

export interface Outage {
  /** ms after both ends began. */
  readonly startMs: number;
  readonly lengthMs: number;
  /** `stall`: no byte passes; `close` and `reset`: connections end, and new ones are turned away. */
  readonly how: 'stall' | 'close' | 'reset';
}

interface OutageParams {
  readonly how: string;
  readonly length: string;
  readonly moment: string;
  readonly times: string;
}

const START_MS: Readonly<Record<string, number>> = { early: 50, middle: 1_600, late: 3_600 };
/** Between two outages: time to come back, and to hear something. */
const PAUSE_MS = 2_000;

export function outagesOf({ how, length, moment, times }: OutageParams): readonly Outage[] {
  const lengthMs = Number(length) || 0;
  if (lengthMs === 0) return [];
  const kind = how === 'close' || how === 'reset' ? how : 'stall';
  const startMs = START_MS[moment] ?? 1_600;
  const first = { startMs, lengthMs, how: kind } as const;
  const second = { ...first, startMs: startMs + lengthMs + PAUSE_MS };
  return times === 'twice' ? [first, second] : [first];
}

/** Only what is there when the outage begins is closed; who comes later is turned away. */
const CUT_MS = 20;

export const scriptOf = (outages: readonly Outage[]): FaultScript => ({
  name: 'An outage',
  seed: 1,
  entries: outages.flatMap(entriesOf),
});

function entriesOf({ startMs: from, lengthMs, how }: Outage): readonly ScriptEntry[] {
  const until = from + lengthMs;
  const both = { direction: 'both', params: {} } as const;
  if (how === 'stall') return [{ ...both, fault: 'stall', when: { from, until } }];
  return [
    { ...both, fault: how, when: { from, until: from + CUT_MS }, params: { after: 0 } },
    { ...both, fault: 'turn-away', when: { from, until } },
  ];
}
