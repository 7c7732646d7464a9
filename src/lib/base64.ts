// Base64 (RFC 4648 §4) without the platform's atob and btoa, which the core may not use.

import type { Bytes } from './bytes.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;
const VALUES = new Map(Array.from(ALPHABET, (char, value) => [char.charCodeAt(0), value]));

/** Encodes with padding, as every base64 in these protocols is. */
export function encodeBase64(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    text += b === undefined ? '=' : ALPHABET.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    text += c === undefined ? '=' : ALPHABET.charAt(c & 63);
  }
  return text;
}

/** Decodes ASCII bytes; `undefined` unless they are exactly what `encodeBase64` would have written. */
export function decodeBase64(ascii: Bytes): Bytes | undefined {
  if (ascii.length % 4 !== 0) return undefined;
  const padding = ascii.at(-1) !== PADDING ? 0 : ascii.at(-2) !== PADDING ? 1 : 2;
  const digits = ascii.length - padding;
  const out = new Uint8Array((ascii.length / 4) * 3 - padding);
  let bits = 0;
  let filled = 0;
  let to = 0;
  for (let at = 0; at < digits; at++) {
    const value = VALUES.get(ascii[at] ?? PADDING);
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xfff;
    filled += 6;
    if (filled >= 8) {
      filled -= 8;
      out[to++] = (bits >> filled) & 0xff;
    }
  }
  // Left-over bits that are not zero would be lost: §3.5 lets a decoder refuse them.
  return (bits & ((1 << filled) - 1)) === 0 ? out : undefined;
}
