// Where the parts of a JSON text (RFC 8259) lie in the bytes that carry it. Knows nothing of what
// they mean.

import type { ByteRange, Bytes } from './bytes.ts';
import { decodeUtf8 } from './utf8.ts';

/** A part of the outermost array or object: an element has no name. */
export interface JsonPart {
  readonly name?: { readonly range: ByteRange; readonly text: string };
  readonly range: ByteRange;
  readonly value: unknown;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
/** Whitespace, comma and colon: what may lie between values. */
const BETWEEN = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x3a]);

/** The value of a JSON text, boxed because `null` is one; `undefined` when it is not valid. */
export function readJson(bytes: Bytes, [start, end]: ByteRange): { value: unknown } | undefined {
  const { text, valid } = decodeUtf8(bytes.subarray(start, end));
  if (!valid) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The elements of an array or members of an object; `undefined` when it is neither, or not valid. */
export function jsonParts(bytes: Bytes, range: ByteRange): readonly JsonPart[] | undefined {
  const whole = readJson(bytes, range)?.value;
  if (typeof whole !== 'object' || whole === null) return undefined;
  const ranges = valueRanges(bytes, range);
  const read = (at: ByteRange): unknown => readJson(bytes, at)?.value;
  if (Array.isArray(whole)) return ranges.map((at, i) => ({ range: at, value: whole[i] }));
  const parts: JsonPart[] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const [name, value] = [ranges[i], ranges[i + 1]];
    if (!name || !value) break;
    parts.push({
      name: { range: name, text: String(read(name)) },
      range: value,
      value: read(value),
    });
  }
  return parts;
}

/** Ranges of the values one level down, in a text already known to be valid. */
function valueRanges(bytes: Bytes, [start, end]: ByteRange): ByteRange[] {
  const ranges: ByteRange[] = [];
  let at = start;
  while (at < end && !OPENING.has(bytes[at] ?? 0)) at++;
  for (at++; at < end; ) {
    const byte = bytes[at] ?? 0;
    if (CLOSING.has(byte)) break;
    if (BETWEEN.has(byte)) at++;
    else {
      const stop = valueEnd(bytes, at, end);
      ranges.push([at, stop]);
      at = stop;
    }
  }
  return ranges;
}

function valueEnd(bytes: Bytes, start: number, end: number): number {
  const first = bytes[start] ?? 0;
  if (first === QUOTE) return stringEnd(bytes, start, end);
  if (!OPENING.has(first)) {
    let at = start;
    while (at < end && !BETWEEN.has(bytes[at] ?? 0) && !CLOSING.has(bytes[at] ?? 0)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = stringEnd(bytes, at, end);
    else {
      at++;
      if (OPENING.has(byte)) depth++;
      else if (CLOSING.has(byte)) depth--;
      if (depth === 0) return at;
    }
  }
  return end;
}

function stringEnd(bytes: Bytes, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at + 1;
  }
  return end;
}
