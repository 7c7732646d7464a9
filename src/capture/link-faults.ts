// When the link was broken, from what it said of itself. Knows no script.

import type { Capture } from './capture.ts';
import type { Faulted } from './record.ts';

export interface Broken {
  /** µs of the capture. */
  readonly from: number;
  /** The end of the capture where it has not ended. */
  readonly until: number;
}

/** The spans in which a fault was at work that lets nothing through, on that lane or on all. */
export function brokenSpans({ faults, endAt }: Capture, lane: string): readonly Broken[] {
  const ours = faults.filter(
    (one) => BREAKS.has(one.fault) && (one.lane === undefined || one.lane === lane),
  );
  return ours
    .filter(({ what }) => what === 'began')
    .map((began) => {
      const end = ours.find((one) => isEndOf(one, began));
      return { from: began.at, until: end?.at ?? endAt };
    });
}

const BREAKS: ReadonlySet<string | undefined> = new Set(['stall', 'turn-away']);

const isEndOf = (one: Faulted, began: Faulted): boolean =>
  one.what === 'ended' &&
  one.seq > began.seq &&
  one.entry === began.entry &&
  one.connection === began.connection;
