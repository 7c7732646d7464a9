// A record of the link as the body of a pcapng block for local use, and back. Other readers pass over
// such blocks. Knows no other block.

import { decodeBase64, encodeBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { FAULT_ACTS, type FaultAct, type Faulted, type LinkRecord, type Lost } from './record.ts';

const MARK = 'wirelight link ';

type Unnumbered = LinkRecord extends infer R ? (R extends unknown ? Omit<R, 'seq'> : never) : never;

/** Times in a file are in whole µs; bytes are base64. */
export function writeLink({ seq: _, ...record }: LinkRecord): Bytes {
  const bytes = 'bytes' in record && record.bytes ? { bytes: encodeBase64(record.bytes) } : {};
  const at = Math.max(0, Math.round(record.at));
  return encodeUtf8(MARK + JSON.stringify({ ...record, at, ...bytes }));
}

/** The record, `undefined` for a block of somebody else, `broken` for one of ours that cannot be read. */
export function readLink(body: Bytes): Unnumbered | 'broken' | undefined {
  const { text, valid } = decodeUtf8(body);
  if (!valid || !text.startsWith(MARK)) return undefined;
  const value = parsed(text.slice(MARK.length));
  if (typeof value !== 'object' || value === null) return 'broken';
  const { kind, at } = value as Record<string, unknown>;
  if (!isCount(at)) return 'broken';
  const stamp = { at: micros(at) };
  if (kind === 'fault') return readFault(value, stamp);
  return readBytes(value, stamp);
}

type At = Pick<LinkRecord, 'at'>;

function readFault(value: object, stamp: At): Unnumbered | 'broken' {
  const { what, connection, lane, entry, fault, detail } = value as Partial<Faulted>;
  if (!FAULT_ACTS.some((one) => one === what)) return 'broken';
  const counts = { connection, entry };
  const texts = { lane, fault, detail };
  if (Object.values(counts).some((one) => one !== undefined && !isCount(one))) return 'broken';
  if (Object.values(texts).some((one) => one !== undefined && typeof one !== 'string')) {
    return 'broken';
  }
  const given = Object.entries({ ...counts, ...texts }).filter(([, one]) => one !== undefined);
  return { kind: 'fault', ...stamp, what: what as FaultAct, ...Object.fromEntries(given) };
}

function readBytes(value: object, stamp: At): Unnumbered | 'broken' {
  const all = value as Record<string, unknown>;
  const { kind, connection, direction, from, offset, length } = all;
  if (direction !== 'up' && direction !== 'down') return 'broken';
  if (!isCount(connection) || !isCount(from)) return 'broken';
  const place = { ...stamp, connection, direction, from } as const;
  if (kind === 'passed') return isCount(offset) ? { kind, ...place, offset } : 'broken';
  if (kind !== 'lost' || !isCount(length)) return 'broken';
  const lost: Omit<Lost, 'seq'> = { kind, ...place, length };
  if (all.bytes === undefined) return lost;
  const bytes = typeof all.bytes === 'string' ? decodeBase64(encodeUtf8(all.bytes)) : undefined;
  return bytes?.length === length ? { ...lost, bytes } : 'broken';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
