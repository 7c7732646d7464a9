// The ways of loss recovery. The only list to edit when one is added.

import { NewReno } from './newreno.ts';
import { RackTlp } from './rack-tlp.ts';
import type { LossRecovery, RecoveryContext } from './recovery.ts';

export const RECOVERIES = {
  'rack-tlp': (context: RecoveryContext) => new RackTlp(context),
  newreno: (context: RecoveryContext) => new NewReno(context),
} as const satisfies Record<string, (context: RecoveryContext) => LossRecovery>;
