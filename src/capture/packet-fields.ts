// What is known of a packet besides its bytes: its place in the file and in its connection. These
// fields are derived, and say so; they have Wireshark's names. Reads no packet.

import type { FieldSpec } from '../wire/layer.ts';

const field = (key: string, label: string, explain: string): FieldSpec => ({
  key,
  label,
  explain: `${explain} Derived: it is not on the wire.`,
  spec: 'counted here',
});

/** About the record in the file. */
export const FRAME = {
  number: field('frame.number', 'Number', 'Which packet of the file this is, from 1.'),
  time: field('frame.time_relative', 'Time', 'Seconds since the first packet.'),
  length: field('frame.len', 'Length', 'Bytes that the packet had on the wire.'),
  kept: field('frame.cap_len', 'Kept', 'Bytes of it that the capture kept.'),
} as const;

/** About a segment in its connection. */
export const SEGMENT = {
  stream: field('tcp.stream', 'Connection', 'Which TCP connection of the file, from 0.'),
  length: field('tcp.len', 'Segment length', 'Bytes of the stream that it carries.'),
  seq: field('tcp.seq', 'Relative number', 'The sequence number, counted from the first one.'),
  ack: field(
    'tcp.ack',
    'Relative acknowledgement',
    'The next byte expected, counted the same way.',
  ),
  retransmission: field(
    'tcp.analysis.retransmission',
    'Retransmission',
    'All its bytes had been captured before.',
  ),
  overlap: field('tcp.segment.overlap', 'Overlap', 'Some of its bytes had been captured before.'),
  outOfOrder: field(
    'tcp.analysis.out_of_order',
    'Out of order',
    'Its bytes belong before others that were captured earlier.',
  ),
  afterGap: field(
    'tcp.analysis.lost_segment',
    'After a gap',
    'Bytes before it had not been captured yet.',
  ),
} as const;

export const PACKET_FIELDS: readonly FieldSpec[] = [
  ...Object.values(FRAME),
  ...Object.values(SEGMENT),
];
