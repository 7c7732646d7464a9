// The faults of src/faults on a simulated link. Which seed each has is fixed here, so that another
// driver of the same faults can lose the very same packets.

import { ON_PACKETS } from '../faults/fault.ts';
import { faultNamed } from '../faults/index.ts';
import { checkParams, type ParamValues } from '../lib/params.ts';
import { mulberry32, seedFor } from '../lib/random.ts';
import type { LinkFault } from './link.ts';

export interface FaultChoice {
  readonly name: string;
  /** What is left out has the fault's default. */
  readonly params?: ParamValues;
}

/** `direction`: 0 from client to server, 1 back. Throws for a fault that no packet link has. */
export function createLinkFaults(
  choices: readonly FaultChoice[],
  seed: number,
  direction: 0 | 1,
): readonly LinkFault[] {
  return choices.map(({ name, params = {} }, index) => {
    const problem = faultProblem({ name, params });
    const fault = faultNamed(name);
    const checked = fault && checkParams(fault.params, params);
    if (problem !== undefined || !fault || !checked?.ok) throw new RangeError(problem);
    const random = mulberry32(seedFor(seed, 2 * index + direction));
    return { name, decide: fault.create(checked.value, random, ON_PACKETS) };
  });
}

/** Why this is no fault of a packet link, as a sentence. */
export function faultProblem({ name, params = {} }: FaultChoice): string | undefined {
  const fault = faultNamed(name);
  if (!fault?.suits.includes('packets')) return `There is no fault "${name}" for packets.`;
  const checked = checkParams(fault.params, params);
  return checked.ok ? undefined : `${checked.key}: ${checked.message}`;
}
