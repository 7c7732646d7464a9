// UTF-8 (RFC 3629) without the platform's TextDecoder, which the core's compiler settings keep out.

import { type Bytes, EMPTY } from './bytes.ts';

const REPLACEMENT = 0xfffd;

/** Encodes; a lone surrogate becomes U+FFFD, as everywhere on the web. */
export function encodeUtf8(text: string): Bytes {
  if (text === '') return EMPTY;
  const out: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? REPLACEMENT;
    pushCodePoint(out, code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code);
  }
  return Uint8Array.from(out);
}

function pushCodePoint(out: number[], code: number): void {
  if (code < 0x80) out.push(code);
  else if (code < 0x800) out.push(0xc0 | (code >> 6), tail(code));
  else if (code < 0x1_0000) out.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
  else out.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);

/** Decodes; every byte that cannot be part of a character becomes U+FFFD, and `valid` says so. */
export function decodeUtf8(bytes: Bytes): { readonly text: string; readonly valid: boolean } {
  let text = '';
  let valid = true;
  for (let at = 0; at < bytes.length; ) {
    const { code, length } = codePointAt(bytes, at);
    if (code === undefined) valid = false;
    text += String.fromCodePoint(code ?? REPLACEMENT);
    at += length;
  }
  return { text, valid };
}

/** The least code point that may take two, three or four bytes: shorter forms are overlong. */
const LEAST = [0, 0, 0x80, 0x800, 0x1_0000] as const;

function codePointAt(bytes: Bytes, at: number): { code?: number; length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return { length: 1 };
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if (next >> 6 !== 0b10) return { length: 1 };
    code = (code << 6) | (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < (LEAST[length] ?? 0) || isSurrogate || code > 0x10_ffff) return { length: 1 };
  return { code, length };
}
