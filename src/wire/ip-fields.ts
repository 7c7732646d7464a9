// The fields of an IPv4 (RFC 791) and an IPv6 header (RFC 8200). Parses nothing.
import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec: string): FieldSpec => ({
  key,
  label,
  explain,
  spec,
});
const v4 = 'RFC 791 §3.1';
const v6 = 'RFC 8200 §3';

export const IPV4 = {
  version: field('ip.version', 'Version', 'Which IP this is: 4.', v4),
  headerLength: field(
    'ip.hdr_len',
    'Header length',
    'How long this header is; on the wire it counts units of four bytes.',
    v4,
  ),
  dscp: field(
    'ip.dsfield.dscp',
    'DSCP',
    'A wish for how routers should treat the packet; 0 asks for nothing special.',
    'RFC 2474 §3',
  ),
  ecn: field(
    'ip.dsfield.ecn',
    'ECN',
    'Two bits with which a busy router can say so instead of dropping the packet.',
    'RFC 3168 §5',
  ),
  length: field('ip.len', 'Total length', 'Bytes in this packet, with this header.', v4),
  id: field(
    'ip.id',
    'Identification',
    'Which pieces belong together when the packet was cut into fragments.',
    'RFC 6864 §4',
  ),
  reserved: field('ip.flags.rb', 'Reserved', 'A bit nobody may use, so it is 0.', v4),
  dontFragment: field(
    'ip.flags.df',
    'Don’t fragment',
    'Forbids routers to cut the packet: one too large for a link is dropped, and the sender told.',
    v4,
  ),
  moreFragments: field(
    'ip.flags.mf',
    'More fragments',
    'This is a piece of a packet, and not the last one.',
    v4,
  ),
  fragmentOffset: field(
    'ip.frag_offset',
    'Fragment offset',
    'Where this piece belongs in the whole packet; on the wire in units of eight bytes.',
    v4,
  ),
  ttl: field(
    'ip.ttl',
    'Time to live',
    'How many routers may still forward the packet: each takes off one, and 0 ends it.',
    v4,
  ),
  protocol: field('ip.proto', 'Protocol', 'What the packet carries: 6 is TCP, 17 is UDP.', v4),
  checksum: field(
    'ip.checksum',
    'Header checksum',
    'A sum over this header that shows whether it was damaged on the way.',
    v4,
  ),
  source: field('ip.src', 'Source address', 'The host that sent the packet.', v4),
  destination: field('ip.dst', 'Destination address', 'The host the packet is for.', v4),
  options: field('ip.options', 'Options', 'Extra wishes for routers; hardly ever used.', v4),
} as const;

export const IPV6 = {
  version: field('ipv6.version', 'Version', 'Which IP this is: 6.', v6),
  dscp: field(
    'ipv6.tclass.dscp',
    'DSCP',
    'A wish for how routers should treat the packet; 0 asks for nothing special.',
    'RFC 2474 §3',
  ),
  ecn: field(
    'ipv6.tclass.ecn',
    'ECN',
    'Two bits with which a busy router can say so instead of dropping the packet.',
    'RFC 3168 §5',
  ),
  flow: field(
    'ipv6.flow',
    'Flow label',
    'The same for all packets of one conversation, so that routers can keep them on one path.',
    'RFC 6437 §2',
  ),
  payloadLength: field('ipv6.plen', 'Payload length', 'Bytes after this header.', v6),
  nextHeader: field('ipv6.nxt', 'Next header', 'What follows this header: 6 is TCP.', v6),
  hopLimit: field(
    'ipv6.hlim',
    'Hop limit',
    'How many routers may still forward the packet: each takes off one, and 0 ends it.',
    v6,
  ),
  source: field('ipv6.src', 'Source address', 'The host that sent the packet.', v6),
  destination: field('ipv6.dst', 'Destination address', 'The host the packet is for.', v6),
} as const;

/** Everything between the fixed header and what the packet carries. */
export const IPV6_EXTENSION = field(
  'ipv6.exthdr',
  'Extension headers',
  'More headers of IP itself: fragments, routes, options.',
  'RFC 8200 §4',
);

export const IP_FIELDS: readonly FieldSpec[] = [
  ...Object.values(IPV4),
  ...Object.values(IPV6),
  IPV6_EXTENSION,
];
