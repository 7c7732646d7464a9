// The fields of a UDP datagram (RFC 768). Parses nothing.
import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string): FieldSpec => ({
  key: `udp.${key}`,
  label,
  explain,
  spec: 'RFC 768',
});

export const UDP = {
  sourcePort: field('srcport', 'Source port', 'Which program on the sending host this is from.'),
  destinationPort: field(
    'dstport',
    'Destination port',
    'Which program on the receiving host this is for.',
  ),
  length: field('length', 'Length', 'Bytes in this datagram, with this header.'),
  checksum: field(
    'checksum',
    'Checksum',
    'A sum over datagram and addresses that shows damage on the way; 0 says that there is none.',
  ),
  payload: field('payload', 'Payload', 'What the program sent, whole: a datagram is never joined.'),
} as const;

export const UDP_FIELDS: readonly FieldSpec[] = Object.values(UDP);
