// A part of a tap as it travels: all payload bytes in one piece. Socket.IO's parser refuses a packet
// with more than ten binary attachments and drops the connection, so chunks may not travel one by one.

import type { TapRecord } from '../capture/record.ts';
import { type Bytes, concat } from '../lib/bytes.ts';

/** A record with the number of its bytes in place of them, where it has any. */
type Packed = Omit<TapRecord, 'bytes'> & { readonly packed?: number };

export interface TapPart {
  readonly records: readonly Packed[];
  /** The bytes of all records, one after another. A browser gets an ArrayBuffer. */
  readonly payload: Bytes | ArrayBuffer;
}

export function packRecords(records: readonly TapRecord[]): TapPart {
  const pieces: Bytes[] = [];
  const packed = records.map((record): Packed => {
    if (!('bytes' in record) || record.bytes === undefined) return record;
    const { bytes, ...rest } = record;
    pieces.push(bytes);
    return { ...rest, packed: bytes.length };
  });
  return { records: packed, payload: concat(...pieces) };
}

export function unpackRecords({ records, payload }: TapPart): TapRecord[] {
  const all = new Uint8Array(payload);
  let at = 0;
  return records.map((record) => {
    const { packed, ...rest } = record;
    if (packed === undefined) return rest as TapRecord;
    at += packed;
    return { ...rest, bytes: all.subarray(at - packed, at) } as unknown as TapRecord;
  });
}
