// A script of faults: what a link does, and when. Data, checked before it is believed; the link drives
// it and the address carries it.

import { checkParams, type ParamValues } from '../lib/params.ts';
import type { Carrier } from './fault.ts';
import { faultNamed } from './index.ts';
import { type Place, wrongPlace } from './place.ts';

/** From a time of the run, in ms since the script was set; without an end where `until` is absent. */
export interface AtTime {
  readonly from: number;
  readonly until?: number;
}

/** From the moment when a place is reached: on that connection, or everywhere; for so many ms. */
export interface AtPlace {
  readonly place: Place;
  readonly everywhere?: boolean;
  readonly for?: number;
}

export type When = AtTime | AtPlace;

export interface ScriptEntry {
  readonly fault: string;
  readonly direction: 'up' | 'down' | 'both';
  readonly when: When;
  /** Every parameter of the fault, those that were left out with their defaults. */
  readonly params: ParamValues;
}

export interface FaultScript {
  readonly name: string;
  /** 32 bits. The same seed draws the same. */
  readonly seed: number;
  readonly entries: readonly ScriptEntry[];
}

export const MAX_ENTRIES = 16;
const MAX_MS = 3_600_000;

export type ScriptCode =
  | 'link/bad-script'
  | 'link/no-such-fault'
  | 'link/not-for-streams'
  | 'link/not-for-packets'
  | 'link/bad-value'
  | 'link/too-long';

export type ParsedScript =
  | { readonly ok: true; readonly value: FaultScript }
  | { readonly ok: false; readonly code: ScriptCode; readonly message: string };

const refuse = (code: ScriptCode, message: string) => ({ ok: false, code, message }) as const;

/** Total: any value gives the script, complete, or what is wrong with it. */
export function parseScript(value: unknown, carrier: Carrier = 'stream'): ParsedScript {
  const script = objectOf(value, ['name', 'seed', 'entries']);
  if (typeof script === 'string') return refuse('link/bad-script', `The script: ${script}`);
  const { name, seed, entries } = script;
  if (typeof name !== 'string') return refuse('link/bad-script', 'The script has no name.');
  if (name.length > 60) return refuse('link/too-long', 'A name has at most 60 characters.');
  if (!Number.isInteger(seed) || Number(seed) < 0 || Number(seed) > 0xffff_ffff) {
    return refuse('link/bad-value', 'The seed must be a whole number from 0 to 4294967295.');
  }
  if (!Array.isArray(entries)) return refuse('link/bad-script', 'The script has no entries.');
  if (entries.length > MAX_ENTRIES) {
    return refuse('link/too-long', `A script has at most ${MAX_ENTRIES} entries.`);
  }
  const parsed: ScriptEntry[] = [];
  for (const [i, entry] of entries.entries()) {
    const one = parseEntry(entry, carrier);
    if (!one.ok) return refuse(one.code, `Entry ${i + 1}: ${one.message}`);
    parsed.push(one.value);
  }
  return { ok: true, value: { name, seed: Number(seed), entries: parsed } };
}

type ParsedEntry =
  | { readonly ok: true; readonly value: ScriptEntry }
  | { readonly ok: false; readonly code: ScriptCode; readonly message: string };

function parseEntry(value: unknown, carrier: Carrier): ParsedEntry {
  const entry = objectOf(value, ['fault', 'direction', 'when', 'params']);
  if (typeof entry === 'string') return refuse('link/bad-script', entry);
  const { fault: name, direction, when: rawWhen, params: rawParams = {} } = entry;
  const fault = typeof name === 'string' ? faultNamed(name) : undefined;
  if (!fault) return refuse('link/no-such-fault', `There is no fault ${quoted(name)}.`);
  if (!fault.suits.includes(carrier)) {
    return carrier === 'stream'
      ? refuse('link/not-for-streams', `A byte stream cannot suffer "${fault.name}", only packets.`)
      : refuse('link/not-for-packets', `Packets know no "${fault.name}", only a stream does.`);
  }
  if (direction !== 'up' && direction !== 'down' && direction !== 'both') {
    return refuse('link/bad-value', 'The direction must be up, down or both.');
  }
  const when = parseWhen(rawWhen);
  if (typeof when === 'string') return refuse('link/bad-value', when);
  const params = checkParams(fault.params, rawParams);
  if (!params.ok) return refuse('link/bad-value', `${params.key} ${params.message}`.trim());
  return {
    ok: true,
    value: { fault: fault.name, direction, when, params: params.value as ParamValues },
  };
}

/** The sentence says what is wrong. */
function parseWhen(value: unknown): When | string {
  const isAtPlace = typeof value === 'object' && value !== null && 'place' in value;
  const when = objectOf(value, isAtPlace ? ['place', 'everywhere', 'for'] : ['from', 'until']);
  if (typeof when === 'string') return when;
  const { from, until, place, everywhere, for: length } = when;
  if (!isAtPlace) {
    if (!isMs(from)) return `The start must be a number of ms up to ${MAX_MS}.`;
    if (until === undefined) return { from };
    return isMs(until) && until > from
      ? { from, until }
      : `The end must be later than the start, at most ${MAX_MS} ms.`;
  }
  const wrong = wrongPlace(place);
  if (wrong) return wrong;
  if (everywhere !== undefined && typeof everywhere !== 'boolean') return 'Everywhere: yes or no.';
  if (length !== undefined && !isMs(length)) return `The length is at most ${MAX_MS} ms.`;
  return {
    place: place as Place,
    ...(everywhere ? { everywhere } : {}),
    ...(length === undefined ? {} : { for: length }),
  };
}

const isMs = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_MS;

const quoted = (value: unknown): string =>
  typeof value === 'string' ? `"${value.slice(0, 40)}"` : 'without a name';

function objectOf(value: unknown, keys: readonly string[]): Record<string, unknown> | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'It must be an object.';
  }
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  return unknown === undefined
    ? (value as Record<string, unknown>)
    : `There is no field ${quoted(unknown)}.`;
}
