// A script as a short text for an address, and back. Every part is checked again by `parseScript`.

import type { ParamValue, ParamValues } from '../lib/params.ts';
import type { Carrier } from './fault.ts';
import { faultNamed } from './index.ts';
import type { Place } from './place.ts';
import { type FaultScript, type ParsedScript, parseScript, type When } from './script.ts';

/** Longer is no script of ours. */
const MAX_TEXT = 8_000;

/** `name;seed;fault,direction,0..5000,key=value,…;…`; what could be mistaken is percent-encoded. */
export const scriptText = ({ name, seed, entries }: FaultScript): string =>
  [
    encoded(name),
    seed,
    ...entries.map(({ fault, direction, when, params }) =>
      [fault, direction, whenText(when), ...paramTexts(fault, params)].join(','),
    ),
  ].join(';');

/** Total: any text. */
export function readScriptText(text: string, carrier: Carrier = 'stream'): ParsedScript {
  if (text.length > MAX_TEXT) {
    return { ok: false, code: 'link/too-long', message: 'This script is too long.' };
  }
  const [name = '', seed = '', ...entries] = text.split(';');
  return parseScript(
    {
      name: decoded(name),
      seed: numberOf(seed),
      entries: entries.map((entry) => {
        const [fault = '', direction = '', when = '', ...params] = entry.split(',');
        return { fault, direction, when: readWhen(when), params: readParams(fault, params) };
      }),
    },
    carrier,
  );
}

/** A lone surrogate has no UTF-8, and is replaced. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

function decoded(text: string): unknown {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const numberOf = (text: string): number => (/^[-+.\de]+$/.test(text) ? Number(text) : Number.NaN);

const PLACE_KEYS = [
  'lane',
  'carrier',
  'direction',
  'protocol',
  'type',
  'name',
  'nth',
  'at',
] as const satisfies readonly (keyof Place)[];

function whenText(when: When): string {
  if (!('place' in when)) return `${when.from}..${when.until ?? ''}`;
  const { place, everywhere, for: length } = when;
  const parts = PLACE_KEYS.map((key) => encoded(String(place[key])));
  return ['@', ...parts, everywhere ? 'all' : 'here', length ?? ''].join('/');
}

function readWhen(text: string): unknown {
  if (!text.startsWith('@/')) {
    const [from = '', until] = text.split('..');
    return { from: numberOf(from), ...(until ? { until: numberOf(until) } : {}) };
  }
  const [, ...parts] = text.split('/');
  const [reach, length] = parts.slice(PLACE_KEYS.length);
  const place: Record<string, unknown> = Object.fromEntries(
    PLACE_KEYS.map((key, i) => [key, decoded(parts[i] ?? '')]),
  );
  const { nth, at } = place;
  place.nth = numberOf(String(nth));
  if (at !== 'before' && at !== 'after') place.at = numberOf(String(at));
  return {
    place,
    ...(reach === 'all' ? { everywhere: true } : {}),
    ...(length ? { for: numberOf(length) } : {}),
  };
}

/** In the order of the fault's own description. */
const paramTexts = (fault: string, params: ParamValues): string[] =>
  Object.keys(faultNamed(fault)?.params ?? {}).map(
    (key) => `${key}=${valueText(params[key] ?? '')}`,
  );

const valueText = (value: ParamValue): string =>
  typeof value === 'object' ? value.join('+') : encoded(String(value));

function readParams(fault: string, texts: readonly string[]): Record<string, unknown> {
  const spec = faultNamed(fault)?.params ?? {};
  return Object.fromEntries(
    texts.map((text) => {
      const [key = '', value = ''] = text.split('=', 2);
      const kind = Object.hasOwn(spec, key) ? spec[key]?.kind : undefined;
      if (kind === 'number') return [key, numberOf(value)];
      if (kind === 'ordinals') return [key, value === '' ? [] : value.split('+').map(numberOf)];
      return [key, decoded(value)];
    }),
  );
}
