// The options of a TCP header (RFC 9293 §3.2): the fields of each. Knows nothing of the header.
import { type ByteRange, type Bytes, hex, u8, u16, u32 } from '../lib/bytes.ts';
import type { Field, FieldSpec, FieldValue, Problem } from './layer.ts';
import { TCP_OPTION } from './tcp-fields.ts';

const END = 0;
const NOP = 1;
const NAMES = new Map([
  [END, 'end of options'],
  [NOP, 'no operation'],
  [2, 'maximum segment size'],
  [3, 'window scale'],
  [4, 'SACK permitted'],
  [5, 'SACK'],
  [8, 'timestamps'],
]);

/** Total; stops at the first option that contradicts itself. */
export function tcpOptions(
  bytes: Bytes,
  [start, end]: ByteRange,
): { fields: Field[]; problems: Problem[] } {
  const fields: Field[] = [];
  const add = (spec: FieldSpec, from: number, to: number, value: FieldValue, meaning?: string) =>
    fields.push({ spec, range: [from, to], value, ...(meaning !== undefined && { meaning }) });
  for (let at = start; at < end; ) {
    const kind = u8(bytes, at);
    add(TCP_OPTION.kind, at, at + 1, kind, NAMES.get(kind) ?? 'unknown');
    if (kind === END || kind === NOP) {
      at++;
      if (kind === NOP || at === end) continue;
      add(TCP_OPTION.padding, at, end, `${end - at} bytes`);
      break;
    }
    const length = at + 1 < end ? u8(bytes, at + 1) : 0;
    if (length < 2 || at + length > end) {
      const message = `The option at byte ${at - start} claims ${length} bytes; ${end - at} are left.`;
      return { fields, problems: [{ code: 'tcp/bad-option', message, range: [at, end] }] };
    }
    add(TCP_OPTION.length, at + 1, at + 2, length);
    for (const part of valueFields(bytes, kind, at + 2, at + length)) fields.push(part);
    at += length;
  }
  return { fields, problems: [] };
}

function valueFields(bytes: Bytes, kind: number, at: number, end: number): Field[] {
  const length = end - at;
  if (length === 0) return [];
  if (kind === 2 && length === 2) {
    return [{ spec: TCP_OPTION.mss, range: [at, end], value: u16(bytes, at) }];
  }
  if (kind === 3 && length === 1) {
    return [{ spec: TCP_OPTION.windowScale, range: [at, end], value: u8(bytes, at) }];
  }
  if (kind === 8 && length === 8) {
    return [
      { spec: TCP_OPTION.timestampValue, range: [at, at + 4], value: u32(bytes, at) },
      { spec: TCP_OPTION.timestampEcho, range: [at + 4, end], value: u32(bytes, at + 4) },
    ];
  }
  const spec = kind === 5 ? TCP_OPTION.sack : TCP_OPTION.data;
  return [{ spec, range: [at, end], value: hex(bytes.subarray(at, end)) }];
}
