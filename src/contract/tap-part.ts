// A part of a tap as it travels: all payload bytes in one piece. Socket.IO's parser refuses a packet
// with more than ten binary attachments and drops the connection, so chunks may not travel one by one.

import type { Chunk, TapRecord } from '../capture/record.ts';
import { type Bytes, concat } from '../lib/bytes.ts';

/** A record, or a chunk with the number of its bytes in place of them. */
type Packed = Exclude<TapRecord, Chunk> | (Omit<Chunk, 'bytes'> & { readonly length: number });

export interface TapPart {
  readonly records: readonly Packed[];
  /** The bytes of all chunks, one after another. A browser gets an ArrayBuffer. */
  readonly payload: Bytes | ArrayBuffer;
}

export function packRecords(records: readonly TapRecord[]): TapPart {
  const chunks: Bytes[] = [];
  const packed = records.map((record): Packed => {
    if (record.kind !== 'chunk') return record;
    const { bytes, ...rest } = record;
    chunks.push(bytes);
    return { ...rest, length: bytes.length };
  });
  return { records: packed, payload: concat(...chunks) };
}

export function unpackRecords({ records, payload }: TapPart): TapRecord[] {
  const bytes = new Uint8Array(payload);
  let at = 0;
  return records.map((record) => {
    if (record.kind !== 'chunk') return record;
    const { length, ...rest } = record;
    at += length;
    return { ...rest, bytes: bytes.subarray(at - length, at) };
  });
}
