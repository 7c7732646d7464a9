// The fields of a TCP segment (RFC 9293) and of its options. Parses nothing.
import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec = '9293 §3.1'): FieldSpec => ({
  key: `tcp.${key}`,
  label,
  explain,
  spec: `RFC ${spec}`,
});

export const TCP = {
  sourcePort: field('srcport', 'Source port', 'Which program on the sending host this is from.'),
  destinationPort: field(
    'dstport',
    'Destination port',
    'Which program on the receiving host this is for.',
  ),
  seq: field(
    'seq_raw',
    'Sequence number',
    'Where the first byte of this segment stands in the sender’s stream, from a start chosen at random.',
  ),
  ack: field(
    'ack_raw',
    'Acknowledgement number',
    'The next byte that the sender of this segment expects: it has all bytes before.',
  ),
  headerLength: field(
    'hdr_len',
    'Header length',
    'How long this header is; on the wire it counts units of four bytes.',
  ),
  window: field(
    'window_size_value',
    'Window',
    'How many more bytes the sender of this segment can take, before scaling.',
  ),
  checksum: field(
    'checksum',
    'Checksum',
    'A sum over segment and addresses that shows whether anything was damaged on the way.',
  ),
  urgent: field(
    'urgent_pointer',
    'Urgent pointer',
    'Where urgent data ends; it counts only when URG is set, which is rare.',
  ),
  payload: field('payload', 'Payload', 'The piece of the stream that this segment carries.'),
} as const;

/** In the order of their bits: the range is two bytes, and the first four bits are the length. */
export const TCP_FLAG_FIELDS = [
  {
    bit: 0x100,
    spec: field('flags.ae', 'AE', 'Part of exact congestion feedback; else 0.', '9768 §3'),
  },
  {
    bit: 0x80,
    spec: field('flags.cwr', 'CWR', 'The sender has slowed down, as asked.', '3168 §6.1'),
  },
  {
    bit: 0x40,
    spec: field('flags.ece', 'ECE', 'A router on the way said it is busy.', '3168 §6.1'),
  },
  { bit: 0x20, spec: field('flags.urg', 'URG', 'The urgent pointer counts.') },
  { bit: 0x10, spec: field('flags.ack', 'ACK', 'The acknowledgement number counts.') },
  { bit: 0x08, spec: field('flags.push', 'PSH', 'Hand the data to the program without waiting.') },
  { bit: 0x04, spec: field('flags.reset', 'RST', 'The connection is torn down at once.') },
  { bit: 0x02, spec: field('flags.syn', 'SYN', 'Opens the connection: says where numbers start.') },
  { bit: 0x01, spec: field('flags.fin', 'FIN', 'The sender has nothing more to send.') },
] as const;

export const TCP_RESERVED = field('flags.res', 'Reserved', 'Three bits kept for later, so 0.');

export const TCP_OPTION = {
  kind: field('option_kind', 'Option kind', 'Which option this is.', '9293 §3.2'),
  length: field(
    'option_len',
    'Option length',
    'Bytes in this option, with kind and length.',
    '9293 §3.2',
  ),
  mss: field(
    'options.mss_val',
    'Maximum segment size',
    'The largest piece of the stream that the sender of this wants in one segment.',
    '9293 §3.7.1',
  ),
  windowScale: field(
    'options.wscale.shift',
    'Window scale',
    'How many times the window numbers to come are to be doubled.',
    '7323 §2',
  ),
  sack: field('options.sack', 'SACK ranges', 'Pieces that arrived beyond a gap.', '2018 §3'),
  timestampValue: field('options.timestamp.tsval', 'Timestamp', 'The sender’s clock.', '7323 §3'),
  timestampEcho: field(
    'options.timestamp.tsecr',
    'Timestamp echo',
    'The other side’s clock as last seen, so that it can measure the round trip.',
    '7323 §3',
  ),
  data: field(
    'options.unknown.payload',
    'Option data',
    'Meaning depends on the kind.',
    '9293 §3.2',
  ),
  padding: field(
    'options.padding',
    'Padding',
    'Zeros that fill the header up to four bytes.',
    '9293 §3.1',
  ),
} as const;

export const TCP_FIELDS: readonly FieldSpec[] = [
  ...Object.values(TCP),
  TCP_RESERVED,
  ...TCP_FLAG_FIELDS.map(({ spec }) => spec),
  ...Object.values(TCP_OPTION),
];
