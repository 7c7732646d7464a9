// One TCP segment (RFC 9293 §3.1): reading, explaining and building it. Knows nothing of streams;
// what its checksum covers of the IP header is an argument.
import { type ByteRange, type Bytes, concat, putU16, putU32, u8, u16, u32 } from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import type { Field, FieldSpec, FieldValue, Layer, Problem } from './layer.ts';
import { TCP, TCP_FLAG_FIELDS, TCP_RESERVED } from './tcp-fields.ts';
import { tcpOptions } from './tcp-options.ts';

export { TCP_FIELDS } from './tcp-fields.ts';

const HEADER = 20;

/** The control bits as they lie in the two bytes after the acknowledgement number. */
export const TCP_FLAG = { FIN: 0x01, SYN: 0x02, RST: 0x04, PSH: 0x08, ACK: 0x10 } as const;

export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly seq: number;
  readonly ack: number;
  /** 12 bits: three reserved, AE, CWR … FIN. */
  readonly flags: number;
  readonly window: number;
  readonly urgent: number;
  /** A multiple of four bytes, at most 40. */
  readonly options: Bytes;
  readonly payload: Bytes;
}

/** `undefined` unless the bytes are one whole segment. */
export function readTcp(bytes: Bytes): TcpSegment | undefined {
  const header = bytes.length < HEADER ? 0 : (u8(bytes, 12) >> 4) * 4;
  if (header < HEADER || header > bytes.length) return undefined;
  return {
    sourcePort: u16(bytes, 0),
    destinationPort: u16(bytes, 2),
    seq: u32(bytes, 4),
    ack: u32(bytes, 8),
    flags: u16(bytes, 12) & 0xfff,
    window: u16(bytes, 14),
    urgent: u16(bytes, 18),
    options: bytes.slice(HEADER, header),
    payload: bytes.slice(header),
  };
}

/** `pseudoHeader` comes from `ip.ts`. Throws a RangeError for options no header can hold. */
export function buildTcp(segment: TcpSegment, pseudoHeader: Bytes): Bytes {
  const length = HEADER + segment.options.length;
  if (length > 60 || length % 4 !== 0) {
    throw new RangeError(`options of ${segment.options.length} bytes do not fit a TCP header`);
  }
  const header = new Uint8Array(length);
  putU16(header, 0, segment.sourcePort);
  putU16(header, 2, segment.destinationPort);
  putU32(header, 4, segment.seq);
  putU32(header, 8, segment.ack);
  putU16(header, 12, ((length / 4) << 12) | segment.flags);
  putU16(header, 14, segment.window);
  putU16(header, 18, segment.urgent);
  header.set(segment.options, HEADER);
  putU16(header, 16, checksum(pseudoHeader, header, segment.payload));
  return concat(header, segment.payload);
}

/** Total: any bytes give a layer. The checksum is checked only where `pseudoHeader` is given. */
export function dissectTcp(bytes: Bytes, range: ByteRange, pseudoHeader?: Bytes): Layer {
  const [start, end] = range;
  const layer = { protocol: 'tcp', source: 0, range } as const;
  if (end - start < HEADER) {
    const message = `A TCP header needs ${HEADER} bytes, only ${end - start} arrived.`;
    const problems = [{ code: 'tcp/truncated', message, range }] as const;
    return { ...layer, summary: 'TCP, unreadable', fields: [], problems };
  }
  const fields = headerFields(bytes, start);
  const summary = summaryOf(bytes.subarray(start, end), fields);
  const headerEnd = start + (u8(bytes, start + 12) >> 4) * 4;
  if (headerEnd < start + HEADER || headerEnd > end) {
    const message = `The header claims ${headerEnd - start} bytes; it needs 20, and ${end - start} are there.`;
    const problem: Problem = { code: 'tcp/bad-length', message, range: [start + 12, start + 13] };
    return { ...layer, summary, fields, problems: [problem] };
  }
  const options = tcpOptions(bytes, [start + HEADER, headerEnd]);
  fields.push(...options.fields);
  if (headerEnd < end) {
    const value = `${end - headerEnd} bytes`;
    fields.push({ spec: TCP.payload, range: [headerEnd, end], value });
  }
  const problems = [...options.problems];
  if (pseudoHeader && checksum(pseudoHeader, bytes.subarray(start, end)) !== 0) {
    const message = 'The checksum does not fit segment and addresses: a byte was changed.';
    problems.push({ code: 'tcp/bad-checksum', message, range: [start + 16, start + 18] });
  }
  return { ...layer, summary, fields, problems };
}

function headerFields(bytes: Bytes, start: number): Field[] {
  const fields: Field[] = [];
  const add = (
    spec: FieldSpec,
    at: number,
    length: number,
    value: FieldValue,
    bits?: [number, number],
  ) =>
    fields.push({ spec, range: [start + at, start + at + length], value, ...(bits && { bits }) });
  const offsetAndFlags = u16(bytes, start + 12);
  add(TCP.sourcePort, 0, 2, u16(bytes, start));
  add(TCP.destinationPort, 2, 2, u16(bytes, start + 2));
  add(TCP.seq, 4, 4, u32(bytes, start + 4));
  add(TCP.ack, 8, 4, u32(bytes, start + 8));
  add(TCP.headerLength, 12, 1, (offsetAndFlags >> 12) * 4, [0, 4]);
  add(TCP_RESERVED, 12, 1, (offsetAndFlags >> 9) & 7, [4, 7]);
  for (const [i, { bit, spec }] of TCP_FLAG_FIELDS.entries()) {
    const bits: [number, number] = i === 0 ? [7, 8] : [i - 1, i];
    add(spec, i === 0 ? 12 : 13, 1, (offsetAndFlags & bit) !== 0, bits);
  }
  add(TCP.window, 14, 2, u16(bytes, start + 14));
  add(TCP.checksum, 16, 2, u16(bytes, start + 16));
  add(TCP.urgent, 18, 2, u16(bytes, start + 18));
  return fields;
}

/** `SYN, ACK 51034 to 3001`. */
function summaryOf(segment: Bytes, fields: readonly Field[]): string {
  const flags = fields.filter(({ spec, value }) => value === true && spec.key.includes('.flags.'));
  const names = flags.map(({ spec }) => spec.label).join(', ');
  return `${names} ${u16(segment, 0)} to ${u16(segment, 2)}`.trim();
}
