// What a script of faults does, and what a link did, in words. Draws nothing.

import type { Capture } from '../../capture/capture.ts';
import type { Faulted } from '../../capture/record.ts';
import { faultNamed } from '../../faults/index.ts';
import type { Place } from '../../faults/place.ts';
import type { ScriptEntry } from '../../faults/script.ts';

const DIRECTIONS = { up: 'to the server', down: 'to the browser', both: 'both ways' } as const;

/** `the 2nd event “hello” to the server`. */
export function placeWords({ protocol, type, name, nth, direction, at }: Place): string {
  const kind = protocol === 'http' ? `HTTP ${type}` : type;
  const which = `the ${ordinal(nth)} ${kind}${name === '' ? '' : ` “${name}”`}`;
  const where =
    at === 'before' ? 'before' : at === 'after' ? 'right after' : `behind byte ${at} of`;
  return `${where} ${which} ${DIRECTIONS[direction]}`;
}

/** `Reset, right after the 1st event “hello” to the server`. */
export function entryWords({ fault, direction, when, params }: ScriptEntry): string {
  const title = faultNamed(fault)?.title ?? fault;
  if ('place' in when) {
    const length = when.for === undefined ? '' : `, for ${when.for} ms`;
    return `${title} ${placeWords(when.place)}${length}`;
  }
  const spec = faultNamed(fault)?.params ?? {};
  const values = Object.entries(spec).flatMap(([key, knob]) => {
    const value = params[key];
    if (value === undefined || value === knob.initial || knob.kind === 'ordinals') return [];
    return [`${knob.label.toLowerCase()} ${value}${knob.kind === 'number' ? ` ${knob.unit}` : ''}`];
  });
  const span =
    when.until === undefined
      ? when.from === 0
        ? 'all the time'
        : `from ${when.from} ms on`
      : `from ${when.from} to ${when.until} ms`;
  return [`${title}, ${DIRECTIONS[direction]}`, ...values, span].join(', ');
}

const WORDS: Readonly<Record<Faulted['what'], string>> = {
  set: 'The script came into force',
  cleared: 'The link was mended',
  began: 'began',
  ended: 'ended',
  cut: 'cut the connection',
  'turned-away': 'turned a new connection away',
  'place-not-reached': 'did not happen: this run had no such place',
};

/** What the link did in a run, one sentence each. */
export function deedsOf({
  faults,
}: Capture): readonly { readonly at: number; readonly text: string }[] {
  return faults.map(({ at, what, fault, connection }) => {
    const title = fault === undefined ? undefined : (faultNamed(fault)?.title ?? fault);
    const where = connection === undefined ? '' : `, connection ${connection}`;
    return { at, text: `${title ? `${title} ` : ''}${WORDS[what]}${where}.` };
  });
}

function ordinal(n: number): string {
  const tens = n % 100;
  if (tens >= 11 && tens <= 13) return `${n}th`;
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`;
}
