// The options of a TCP header as values: MSS, window scale, SACK and timestamps (RFC 9293 §3.2,
// 7323, 2018). Lays them out as Linux does; the fields a learner reads are in wire/tcp-options.ts.

import { type Bytes, EMPTY, putU32, u8, u16, u32 } from '../../lib/bytes.ts';
import { type Seq, seq } from './seq.ts';

export interface SackBlock {
  readonly start: Seq;
  readonly end: Seq;
}

export interface TcpOptions {
  readonly mss?: number;
  readonly windowScale?: number;
  readonly sackPermitted?: boolean;
  readonly timestamps?: { readonly value: number; readonly echo: number };
  /** At most four; three beside timestamps. */
  readonly sack?: readonly SackBlock[];
}

export const NO_OPTIONS: TcpOptions = {};

const NOP = 1;

/** How many bytes `buildOptions` will make. */
export function optionsLength({ mss, windowScale, sackPermitted, ...more }: TcpOptions): number {
  let length = mss === undefined ? 0 : 4;
  if (more.timestamps) length += sackPermitted ? 10 : 12;
  if (sackPermitted) length += more.timestamps ? 2 : 4;
  if (windowScale !== undefined) length += 4;
  if (more.sack && more.sack.length > 0) length += 4 + 8 * more.sack.length;
  return length;
}

/** A multiple of four bytes. */
export function buildOptions(options: TcpOptions): Bytes {
  const length = optionsLength(options);
  if (length === 0) return EMPTY;
  const bytes = new Uint8Array(length);
  let at = 0;
  const put = (...values: readonly number[]) => {
    for (const value of values) bytes[at++] = value;
  };
  if (options.mss !== undefined) put(2, 4, options.mss >> 8, options.mss & 0xff);
  if (options.sackPermitted) put(...(options.timestamps ? [4, 2] : [NOP, NOP, 4, 2]));
  if (options.timestamps) {
    put(...(options.sackPermitted ? [8, 10] : [NOP, NOP, 8, 10]));
    putU32(bytes, at, options.timestamps.value);
    putU32(bytes, at + 4, options.timestamps.echo);
    at += 8;
  }
  if (options.windowScale !== undefined) put(NOP, 3, 3, options.windowScale);
  if (options.sack && options.sack.length > 0) {
    put(NOP, NOP, 5, 2 + 8 * options.sack.length);
    for (const { start, end } of options.sack) {
      putU32(bytes, at, start);
      putU32(bytes, at + 4, end);
      at += 8;
    }
  }
  return bytes;
}

/** Total: what the bytes say up to the first option that contradicts itself. */
export function readOptions(bytes: Bytes): TcpOptions {
  const found: { -readonly [K in keyof TcpOptions]: TcpOptions[K] } = {};
  for (let at = 0; at < bytes.length; ) {
    const kind = u8(bytes, at);
    if (kind === 0) break;
    if (kind === NOP) {
      at++;
      continue;
    }
    const length = at + 1 < bytes.length ? u8(bytes, at + 1) : 0;
    if (length < 2 || at + length > bytes.length) break;
    if (kind === 2 && length === 4) found.mss = u16(bytes, at + 2);
    if (kind === 3 && length === 3) found.windowScale = Math.min(14, u8(bytes, at + 2));
    if (kind === 4 && length === 2) found.sackPermitted = true;
    if (kind === 5 && length > 2 && length % 8 === 2) found.sack = readSack(bytes, at, length);
    if (kind === 8 && length === 10) {
      found.timestamps = { value: u32(bytes, at + 2), echo: u32(bytes, at + 6) };
    }
    at += length;
  }
  return found;
}

function readSack(bytes: Bytes, at: number, length: number): readonly SackBlock[] {
  return Array.from({ length: (length - 2) / 8 }, (_, i) => ({
    start: seq(u32(bytes, at + 2 + 8 * i)),
    end: seq(u32(bytes, at + 6 + 8 * i)),
  }));
}
