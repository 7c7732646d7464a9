// A TCP segment as the simulator hands it about, and the same segment as bytes. Ports and addresses
// are the host's business.

import { type Bytes, EMPTY } from '../../lib/bytes.ts';
import { buildTcp, readTcp, TCP_FLAG } from '../../wire/tcp.ts';
import {
  buildOptions,
  NO_OPTIONS,
  optionsLength,
  readOptions,
  type TcpOptions,
} from './options.ts';
import { type Seq, seq } from './seq.ts';

/** Why a segment was sent: the sender's own account, which is not on the wire. */
export type Why =
  | 'open'
  | 'data'
  | 'close'
  | 'acknowledgement'
  | 'duplicate acknowledgement'
  | 'window update'
  | 'challenge'
  | 'reset'
  | 'fast retransmission'
  | 'retransmission after timeout'
  | 'tail loss probe'
  | 'retransmission in shorter pieces'
  | 'window probe'
  | 'keep-alive'
  | 'unknown';

export interface Segment {
  readonly flags: number;
  readonly seq: Seq;
  /** 0 where ACK is not set. */
  readonly ack: Seq;
  /** As on the wire, not scaled. */
  readonly window: number;
  readonly options: TcpOptions;
  readonly payload: Bytes;
  readonly why: Why;
}

export interface Ports {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export const has = (segment: Segment, flag: number): boolean => (segment.flags & flag) !== 0;

/** How much of the sequence space it takes (§3.4). */
export const segmentLength = ({ flags, payload }: Segment): number =>
  payload.length + (flags & TCP_FLAG.SYN ? 1 : 0) + (flags & TCP_FLAG.FIN ? 1 : 0);

/** Bytes of header and payload. */
export const wireLength = ({ options, payload }: Segment): number =>
  20 + optionsLength(options) + payload.length;

export function encodeSegment(segment: Segment, ports: Ports, pseudoHeader: Bytes): Bytes {
  const { flags, seq: at, ack, window, options, payload } = segment;
  return buildTcp(
    { ...ports, seq: at, ack, flags, window, urgent: 0, options: buildOptions(options), payload },
    pseudoHeader,
  );
}

/** `undefined` unless the bytes are one whole segment. The checksum is the caller's to check. */
export function decodeSegment(bytes: Bytes): { segment: Segment; ports: Ports } | undefined {
  const read = readTcp(bytes);
  if (!read) return undefined;
  const { sourcePort, destinationPort, flags, window, payload } = read;
  const options = readOptions(read.options);
  const numbers = { seq: seq(read.seq), ack: seq(read.ack) };
  const segment: Segment = { flags, ...numbers, window, options, payload, why: 'unknown' };
  return { segment, ports: { sourcePort, destinationPort } };
}

/**
 * The answer to a segment that belongs to no connection (§3.10.7.1); nothing answers a reset.
 */
export function resetFor(segment: Segment): Segment | undefined {
  if (has(segment, TCP_FLAG.RST)) return undefined;
  const rest = { window: 0, options: NO_OPTIONS, payload: EMPTY, why: 'reset' } as const;
  if (has(segment, TCP_FLAG.ACK)) {
    return { flags: TCP_FLAG.RST, seq: segment.ack, ack: seq(0), ...rest };
  }
  const ack = seq(segment.seq + segmentLength(segment));
  return { flags: TCP_FLAG.RST | TCP_FLAG.ACK, seq: seq(0), ack, ...rest };
}
