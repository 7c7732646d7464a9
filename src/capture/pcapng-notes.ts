// A program's note as the body of a pcapng block for local use, and back. Other readers pass over such
// blocks. Knows no other block.

import type { Bytes } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { NOTE_KINDS, type Noted, type NoteKind } from './record.ts';

/** Says whose block it is, since every program may use these types. */
const MARK = 'wirelight note ';

export function writeNote({
  at,
  lane,
  who,
  what,
  message,
  wroteAt,
  errorMicros,
  detail,
}: Noted): Bytes {
  const times = { at: whole(at), wroteAt: whole(wroteAt), errorMicros: whole(errorMicros) };
  const note = { ...times, lane, who, what, message, ...(detail === undefined ? {} : { detail }) };
  return encodeUtf8(MARK + JSON.stringify(note));
}

/** Times in a file are in whole µs. */
const whole = (time: number): number => Math.max(0, Math.round(time));

/** The note, `undefined` for a block of somebody else, `broken` for one of ours that cannot be read. */
export function readNote(body: Bytes): Omit<Noted, 'seq'> | 'broken' | undefined {
  const { text, valid } = decodeUtf8(body);
  if (!valid || !text.startsWith(MARK)) return undefined;
  const value = parsed(text.slice(MARK.length));
  if (typeof value !== 'object' || value === null) return 'broken';
  const { at, lane, who, what, message, wroteAt, errorMicros, detail } = value as Partial<Noted>;
  if (!isTime(at) || !isTime(wroteAt) || !isTime(errorMicros)) return 'broken';
  if (!isText(lane) || !isText(who) || !isText(message) || !isKind(what)) return 'broken';
  if (detail !== undefined && !isText(detail)) return 'broken';
  return {
    kind: 'note',
    at: micros(at),
    lane,
    who,
    what,
    message,
    wroteAt: micros(wroteAt),
    errorMicros,
    ...(detail === undefined ? {} : { detail }),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isKind = (value: unknown): value is NoteKind => NOTE_KINDS.some((kind) => kind === value);
