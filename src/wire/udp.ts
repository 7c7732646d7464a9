// One UDP datagram (RFC 768): reading, explaining and building it. What its checksum covers of the
// IP header is an argument.
import { type ByteRange, type Bytes, concat, putU16, u16 } from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import type { Field, Layer, Problem } from './layer.ts';
import { UDP } from './udp-fields.ts';

const HEADER = 8;

const PLACES = [
  [UDP.sourcePort, 0],
  [UDP.destinationPort, 2],
  [UDP.length, 4],
  [UDP.checksum, 6],
] as const;

export interface UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Bytes;
}

/** `undefined` unless `bytes` begin with one whole datagram. */
export function readUdp(bytes: Bytes): UdpDatagram | undefined {
  const length = bytes.length < HEADER ? 0 : u16(bytes, 4);
  if (length < HEADER || length > bytes.length) return undefined;
  return {
    sourcePort: u16(bytes, 0),
    destinationPort: u16(bytes, 2),
    payload: bytes.slice(HEADER, length),
  };
}

/** `pseudoHeader` comes from `ip.ts`. Throws a RangeError for what no datagram can hold. */
export function buildUdp(
  { sourcePort, destinationPort, payload }: UdpDatagram,
  pseudo: Bytes,
): Bytes {
  const length = HEADER + payload.length;
  if (length > 0xffff) throw new RangeError(`${payload.length} bytes do not fit a UDP datagram`);
  const header = new Uint8Array(HEADER);
  putU16(header, 0, sourcePort);
  putU16(header, 2, destinationPort);
  putU16(header, 4, length);
  // A computed 0 is sent as all ones, because on the wire 0 means "no checksum".
  putU16(header, 6, checksum(pseudo, header, payload) || 0xffff);
  return concat(header, payload);
}

/** Total: any bytes give a layer. The checksum is checked only where `pseudoHeader` is given. */
export function dissectUdp(bytes: Bytes, range: ByteRange, pseudoHeader?: Bytes): Layer {
  const [start, end] = range;
  const fields: Field[] = PLACES.filter(([, at]) => start + at + 2 <= end).map(([spec, at]) => ({
    spec,
    range: [start + at, start + at + 2],
    value: u16(bytes, start + at),
  }));
  const refuse = (code: Problem['code'], message: string, where: ByteRange): Layer => ({
    protocol: 'udp',
    source: 0,
    range,
    summary: 'UDP, unreadable',
    fields,
    problems: [{ code, message, range: where }],
  });
  if (end - start < HEADER) {
    const message = `A UDP header needs ${HEADER} bytes, only ${end - start} arrived.`;
    return refuse('udp/truncated', message, range);
  }
  const length = u16(bytes, start + 4);
  // A length of 0 is legal only in an IPv6 jumbogram (RFC 2675), which is not taught here.
  if (length < HEADER || length > end - start) {
    const message = `The length field claims ${length} bytes; ${end - start} are there.`;
    return refuse('udp/bad-length', message, [start + 4, start + 6]);
  }
  const stop = start + length;
  if (length > HEADER) {
    const value = `${length - HEADER} bytes`;
    fields.push({ spec: UDP.payload, range: [start + HEADER, stop], value });
  }
  const summary = `${u16(bytes, start)} to ${u16(bytes, start + 2)}`;
  const problems = checksumProblems(bytes, [start, stop], pseudoHeader);
  return { protocol: 'udp', source: 0, range: [start, stop], summary, fields, problems };
}

function checksumProblems(bytes: Bytes, [start, stop]: ByteRange, pseudo?: Bytes): Problem[] {
  if (!pseudo || u16(bytes, start + 6) === 0) return [];
  if (checksum(pseudo, bytes.subarray(start, stop)) === 0) return [];
  const message = 'The checksum does not fit datagram and addresses: a byte was changed.';
  return [{ code: 'udp/bad-checksum', message, range: [start + 6, start + 8] }];
}
