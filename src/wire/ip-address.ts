// IP addresses as text and as bytes: IPv4 dotted, IPv6 as RFC 5952 writes it. Knows no header.
import { type Bytes, u16 } from '../lib/bytes.ts';

/** 4 or 16 bytes; `undefined` when the text is no address. A zone (`%eth0`) is dropped. */
export function parseAddress(text: string): Bytes | undefined {
  return text.includes(':') ? parseIpv6(text.split('%')[0] ?? '') : parseIpv4(text);
}

/** As `parseAddress`, but an IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`) gives its 4 bytes. */
export function parseUnmapped(text: string): Bytes | undefined {
  const bytes = parseAddress(text);
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes;
}

const isMapped = (bytes: Bytes): boolean =>
  bytes.length === 16 && bytes.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 0xff));

function parseIpv4(text: string): Bytes | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const isByte = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256;
  return parts.every(isByte) ? Uint8Array.from(parts, Number) : undefined;
}

function parseIpv6(text: string): Bytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => groups(half));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const given = head.length + (tail?.length ?? 0);
  if (halves.length === 2 ? given > 14 : given !== 16) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  if (tail) bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of groups between colons, the last of which may be a dotted IPv4 address. */
function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const dotted = i === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (dotted) bytes.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 0xff);
    } else return undefined;
  }
  return bytes;
}

/** RFC 5952 for 16 bytes, dotted for 4. */
export function formatAddress(bytes: Bytes): string {
  if (bytes.length !== 16) return bytes.join('.');
  if (isMapped(bytes)) return `::ffff:${bytes.subarray(12).join('.')}`;
  const words = Array.from({ length: 8 }, (_, i) => u16(bytes, 2 * i));
  const { start, length } = longestZeros(words);
  const text = (part: readonly number[]) => part.map((word) => word.toString(16)).join(':');
  if (length < 2) return text(words);
  return `${text(words.slice(0, start))}::${text(words.slice(start + length))}`;
}

/** §4.2.3: the longest run is shortened, the first of equals. */
function longestZeros(words: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [i, word] of words.entries()) {
    length = word === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: i - length + 1, length };
  }
  return best;
}
