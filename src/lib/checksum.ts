// The Internet checksum (RFC 1071). Knows no protocol.
import type { Bytes } from './bytes.ts';

/** The 16-bit checksum of the parts as if they were joined; 0 over data that holds a right one. */
export function checksum(...parts: readonly Bytes[]): number {
  let sum = 0;
  let isHigh = true;
  for (const part of parts) {
    for (const byte of part) {
      sum += isHigh ? byte << 8 : byte;
      isHigh = !isHigh;
      if (sum > 0xffff) sum -= 0xffff; // end-around carry
    }
  }
  return ~sum & 0xffff;
}
