// Reading, writing and joining bytes, big-endian as every protocol here has them. Knows no protocol.

export type Bytes = Uint8Array;

/** Half-open: the byte at `start` belongs to it, the byte at `end` does not. */
export type ByteRange = readonly [start: number, end: number];

export const EMPTY: Bytes = new Uint8Array(0);

/** The byte at `at`; a bug in the caller, not in the data, when it lies outside. */
export function u8(bytes: Bytes, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError(`byte ${at} of ${bytes.length} does not exist`);
  return byte;
}

export const u16 = (bytes: Bytes, at: number): number => u8(bytes, at) * 0x100 + u8(bytes, at + 1);

export const u32 = (bytes: Bytes, at: number): number =>
  u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2);

/** 64 bits as a number: exact up to 2^53 - 1, and only larger, never smaller, above. */
export const u64 = (bytes: Bytes, at: number): number =>
  u32(bytes, at) * 0x1_0000_0000 + u32(bytes, at + 4);

export function putU16(bytes: Bytes, at: number, value: number): void {
  bytes[at] = (value >>> 8) & 0xff;
  bytes[at + 1] = value & 0xff;
}

export function putU32(bytes: Bytes, at: number, value: number): void {
  putU16(bytes, at, value >>> 16);
  putU16(bytes, at + 2, value & 0xffff);
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Two lowercase hex digits a byte, with nothing between them. */
export const hex = (bytes: Bytes): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const isSameBytes = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
