// One message of ICMP (RFC 792) or ICMPv6 (RFC 4443): reading, explaining and building it. ICMPv6's
// checksum covers a part of the IP header, which is an argument.
import {
  type ByteRange,
  type Bytes,
  concat,
  EMPTY,
  putU16,
  putU32,
  u8,
  u16,
  u32,
} from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import { ICMP } from './icmp-fields.ts';
import type { Field, FieldValue, Layer, Problem } from './layer.ts';

const HEADER = 8;

export type IpVersion = 4 | 6;

export interface IcmpMessage {
  readonly type: number;
  readonly code: number;
  /** The four bytes after the checksum, as a number. */
  readonly rest: number;
  /** The quoted packet of an error, the data of an echo. */
  readonly payload: Bytes;
}

export const ICMP_TYPE = {
  4: { unreachable: 3, timeExceeded: 11, echo: 8, echoReply: 0 },
  6: { unreachable: 1, tooBig: 2, timeExceeded: 3, echo: 128, echoReply: 129 },
} as const;

/** Codes of "unreachable": no program at that port; for IPv4 also "too big and not to be cut". */
export const ICMP_CODE = { 4: { port: 3, tooBig: 4 }, 6: { port: 4 } } as const;

const NAMES: Readonly<Record<IpVersion, Readonly<Record<number, string>>>> = {
  4: { 0: 'echo reply', 3: 'destination unreachable', 8: 'echo request', 11: 'time exceeded' },
  6: {
    1: 'destination unreachable',
    2: 'packet too big',
    3: 'time exceeded',
    128: 'echo request',
    129: 'echo reply',
  },
};

/** `undefined` where the bytes are too few. */
export function readIcmp(bytes: Bytes): IcmpMessage | undefined {
  if (bytes.length < HEADER) return undefined;
  return {
    type: u8(bytes, 0),
    code: u8(bytes, 1),
    rest: u32(bytes, 4),
    payload: bytes.slice(HEADER),
  };
}

/** `pseudoHeader` only for ICMPv6; it comes from `ip.ts`. */
export function buildIcmp(message: IcmpMessage, pseudoHeader: Bytes = EMPTY): Bytes {
  const header = new Uint8Array(HEADER);
  header[0] = message.type;
  header[1] = message.code;
  putU32(header, 4, message.rest);
  putU16(header, 2, checksum(pseudoHeader, header, message.payload));
  return concat(header, message.payload);
}

/** The longest packet that the next link takes, where the message tells of one. */
export function mtuOf({ type, code, rest }: IcmpMessage, version: IpVersion): number | undefined {
  if (version === 6) return type === ICMP_TYPE[6].tooBig ? rest : undefined;
  const isTooBig = type === ICMP_TYPE[4].unreachable && code === ICMP_CODE[4].tooBig;
  return isTooBig ? rest & 0xffff : undefined;
}

/** Total: any bytes give a layer. ICMPv6's checksum is checked only where `pseudoHeader` is given. */
export function dissectIcmp(
  bytes: Bytes,
  range: ByteRange,
  version: IpVersion,
  pseudoHeader?: Bytes,
): Layer {
  const [start, end] = range;
  const layer = { protocol: 'icmp', source: 0, range } as const;
  const message = readIcmp(bytes.subarray(start, end));
  if (!message) {
    const text = `An ICMP header needs ${HEADER} bytes, only ${end - start} arrived.`;
    const problems = [{ code: 'icmp/truncated', message: text, range }] as const;
    return { ...layer, summary: 'ICMP, unreadable', fields: [], problems };
  }
  const fields = fieldsOf(message, range, version, u16(bytes, start + 2));
  const name = NAMES[version][message.type] ?? `type ${message.type}`;
  const mtu = mtuOf(message, version);
  const summary = mtu === undefined ? name : `${name}, at most ${mtu} bytes`;
  const covered = version === 6 ? pseudoHeader : EMPTY;
  const isDamaged = covered !== undefined && checksum(covered, bytes.subarray(start, end)) !== 0;
  const problems: Problem[] = isDamaged
    ? [
        {
          code: 'icmp/bad-checksum',
          message: 'The checksum does not fit the message: a byte was changed.',
          range: [start + 2, start + 4],
        },
      ]
    : [];
  return { ...layer, summary, fields, problems };
}

function fieldsOf(
  message: IcmpMessage,
  [start, end]: ByteRange,
  version: IpVersion,
  sum: number,
): Field[] {
  const { type, code, rest, payload } = message;
  const fields: Field[] = [];
  const add = (
    what: keyof typeof ICMP,
    from: number,
    to: number,
    value: FieldValue,
    meaning?: string,
  ) =>
    fields.push({
      spec: ICMP[what][version],
      range: [start + from, start + to],
      value,
      ...(meaning !== undefined && { meaning }),
    });
  add('type', 0, 1, type, NAMES[version][type] ?? 'unknown');
  add('code', 1, 2, code);
  add('checksum', 2, 4, sum);
  const types = ICMP_TYPE[version];
  const isEcho = type === types.echo || type === types.echoReply;
  if (isEcho) {
    add('id', 4, 6, rest >>> 16);
    add('sequence', 6, 8, rest & 0xffff);
  } else if (mtuOf(message, version) !== undefined) {
    if (version === 4) add('unused', 4, 6, rest >>> 16);
    add('mtu', version === 4 ? 6 : 4, 8, mtuOf(message, version) ?? 0);
  } else add('unused', 4, 8, rest);
  if (payload.length > 0) {
    add(isEcho ? 'data' : 'quoted', HEADER, end - start, `${payload.length} bytes`);
  }
  return fields;
}
