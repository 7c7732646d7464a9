import { burstLoss } from './burst-loss.ts';
import { corrupt } from './corrupt.ts';
import { dropExactly } from './drop-exactly.ts';
import { duplicate } from './duplicate.ts';
import { close, reset, turnAway } from './ends.ts';
import type { AnyFault } from './fault.ts';
import { latency } from './latency.ts';
import { loss } from './loss.ts';
import { rate } from './rate.ts';
import { reorder } from './reorder.ts';
import { slice } from './slice.ts';
import { stall } from './stall.ts';

/** The only list to edit when a fault is added. Alphabetical by name. */
export const FAULTS: readonly AnyFault[] = [
  burstLoss,
  close,
  corrupt,
  dropExactly,
  duplicate,
  latency,
  loss,
  rate,
  reorder,
  reset,
  slice,
  stall,
  turnAway,
] as readonly unknown[] as readonly AnyFault[];

const BY_NAME = new Map(FAULTS.map((fault) => [fault.name, fault]));

export const faultNamed = (name: string): AnyFault | undefined => BY_NAME.get(name);
