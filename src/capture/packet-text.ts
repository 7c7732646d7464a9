// A capture that somebody pasted as text: base64, or a hex dump as hexdump, xxd and tcpdump print it.
// Knows nothing of what the bytes are.

import { decodeBase64 } from '../lib/base64.ts';
import type { Bytes } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';

/** Twice what a file may have, since every byte is at least two characters. */
const MAX_CHARACTERS = 150_000_000;

/** The bytes; `undefined` for a text that is neither. */
export function bytesOfText(text: string): Bytes | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const full = lines.filter((line) => line !== '' && line !== '*');
  if (full.length === 0) return undefined;
  return dumpBytes(full) ?? plainHex(full.join('')) ?? base64Bytes(full.join(''));
}

const OFFSET = /^(?:0x)?([0-9a-f]{4,8}):?(?=\s|$)\s*/i;
/** No program prints more bytes a row. */
const MAX_WIDTH = 256;
const DIGITS = /^((?:[0-9a-f]{2}){1,4}(?:\s{1,2}|$))+/i;

/** Lines of an offset and bytes, with characters behind them or not: the next offset says where they end. */
function dumpBytes(lines: readonly string[]): Bytes | undefined {
  const offsets = lines.map((line) => OFFSET.exec(line));
  const starts = offsets.map((offset) => Number.parseInt(offset?.[1] ?? '', 16));
  const width = (starts[1] ?? Number.POSITIVE_INFINITY) - (starts[0] ?? 0);
  const rows: string[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    if (starts[i] !== at) return undefined;
    const digits = DIGITS.exec(line.slice(offsets[i]?.[0].length))?.[0] ?? '';
    const row = digits.replace(/\s+/g, '').slice(0, 2 * Math.min(width, MAX_WIDTH));
    rows.push(row);
    at += row.length / 2;
  }
  return at === 0 ? undefined : plainHex(rows.join(''));
}

function plainHex(text: string): Bytes | undefined {
  const digits = text.replace(/\s+|0x|,/gi, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

const base64Bytes = (text: string): Bytes | undefined =>
  decodeBase64(encodeUtf8(text.replace(/^data:[^,]*,/, '').replace(/\s+/g, '')));
