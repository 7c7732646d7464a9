// The learner's own script of faults, as it stands in the address. What cannot be read is told and
// not believed.

import { type FaultScript, MAX_ENTRIES, type ScriptEntry } from '../../faults/script.ts';
import { readScriptText, scriptText } from '../../faults/script-text.ts';

const EMPTY: FaultScript = { name: 'mine', seed: 1, entries: [] };

export interface LearnerScript {
  readonly script: FaultScript;
  /** Why the address's script was not read. */
  readonly problem?: string;
}

export function readLearnerScript(text: string | undefined): LearnerScript {
  if (text === undefined || text === '') return { script: EMPTY };
  const parsed = readScriptText(text);
  return parsed.ok ? { script: parsed.value } : { script: EMPTY, problem: parsed.message };
}

/** The text for the address; `undefined` for a link that does nothing. */
export const learnerScriptText = (script: FaultScript): string | undefined =>
  script.entries.length === 0 ? undefined : scriptText(script);

/** With one entry more, unless it is full. */
export const withEntry = (script: FaultScript, entry: ScriptEntry): FaultScript =>
  script.entries.length >= MAX_ENTRIES
    ? script
    : { ...script, entries: [...script.entries, entry] };

export const withoutEntry = (script: FaultScript, index: number): FaultScript => ({
  ...script,
  entries: script.entries.filter((_, i) => i !== index),
});
