// The fields of the headers that stand before IP in a capture: Ethernet, VLAN tags, Linux's cooked
// headers and the loopback header of BSD. Parses nothing.

import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec: string): FieldSpec => ({
  key,
  label,
  explain,
  spec,
});
const ethernet = 'IEEE 802.3 §3.2';
const vlan = 'IEEE 802.1Q §9.6';
const cooked = 'LINKTYPE_LINUX_SLL';
const cooked2 = 'LINKTYPE_LINUX_SLL2';

export const ETHERNET = {
  destination: field(
    'eth.dst',
    'Destination',
    'The network card the frame is for; ff:ff:ff:ff:ff:ff is every card on this link.',
    ethernet,
  ),
  source: field(
    'eth.src',
    'Source',
    'The network card that sent the frame on this link.',
    ethernet,
  ),
  type: field('eth.type', 'Type', 'What the frame carries: 0x0800 is IPv4, 0x86dd IPv6.', ethernet),
  length: field('eth.len', 'Length', 'Bytes of an old kind of frame that has no type.', ethernet),
} as const;

export const VLAN = {
  priority: field('vlan.priority', 'Priority', 'How urgent the frame is, 0 to 7.', vlan),
  dropEligible: field('vlan.dei', 'Drop eligible', 'A full queue may drop this one first.', vlan),
  id: field('vlan.id', 'VLAN', 'Which virtual network on the same cables this belongs to.', vlan),
} as const;

export const COOKED = {
  packetType: field(
    'sll.pkttype',
    'Packet type',
    'Whether this host sent the packet (4), received it (0), or only heard it.',
    cooked,
  ),
  hardwareType: field(
    'sll.hatype',
    'Hardware type',
    'The kind of link: 1 is Ethernet, 772 loopback.',
    cooked,
  ),
  addressLength: field(
    'sll.halen',
    'Address length',
    'How many bytes of the address count.',
    cooked,
  ),
  source: field('sll.src.eth', 'Source', 'The network card that sent the packet.', cooked),
  unused: field('sll.unused', 'Unused', 'Bytes that fill the address field up to eight.', cooked),
  protocol: field('sll.etype', 'Protocol', 'What the packet carries: 0x0800 is IPv4.', cooked),
  reserved: field('sll.reserved', 'Reserved', 'Two bytes that must be 0.', cooked2),
  interfaceIndex: field(
    'sll.ifindex',
    'Interface',
    'Which network interface of the host saw it.',
    cooked2,
  ),
} as const;

export const LOOPBACK = {
  family: field(
    'null.family',
    'Family',
    'What the packet carries, in the numbers of the system that captured it: 2 is IPv4.',
    'LINKTYPE_NULL',
  ),
} as const;

export const LINK_FIELDS: readonly FieldSpec[] = [
  ...Object.values(ETHERNET),
  ...Object.values(VLAN),
  ...Object.values(COOKED),
  ...Object.values(LOOPBACK),
];
