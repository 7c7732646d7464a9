// The fields of an ICMP message (RFC 792) and of an ICMPv6 message (RFC 4443). Parses nothing.
import type { FieldSpec } from './layer.ts';

const both = (key: string, label: string, explain: string) => ({
  4: { key: `icmp.${key}`, label, explain, spec: 'RFC 792' } satisfies FieldSpec,
  6: { key: `icmpv6.${key}`, label, explain, spec: 'RFC 4443 §2.1' } satisfies FieldSpec,
});

/** Each as IPv4's and as IPv6's. */
export const ICMP = {
  type: both('type', 'Type', 'What this message is about: an error, a question or an answer.'),
  code: both('code', 'Code', 'Which case of that type.'),
  checksum: both('checksum', 'Checksum', 'A sum that shows whether anything was damaged.'),
  mtu: both('mtu', 'MTU of the next hop', 'The longest packet that fits the next link, in bytes.'),
  id: both('ident', 'Identifier', 'Which asker the question or the answer belongs to.'),
  sequence: both('seq', 'Sequence number', 'Which question of that asker this is or answers.'),
  unused: both('unused', 'Unused', 'Four bytes that this type has no use for, so 0.'),
  quoted: both(
    'quoted',
    'Quoted packet',
    'The beginning of the packet that this is about, so that its sender knows which.',
  ),
  data: both('data', 'Data', 'Any bytes; the answer brings back those of the question.'),
} as const;

export const ICMP_FIELDS: readonly FieldSpec[] = Object.values(ICMP).flatMap((one) => [
  one[4],
  one[6],
]);
