// Which protocol a link-layer header says it carries (the EtherType), and what every such header gives.
// Knows no header.

import type { Layer } from './layer.ts';

export const ETHER_TYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  ipv6: 0x86dd,
  qinq: 0x88a8,
} as const;

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [ETHER_TYPE.ipv4, 'IPv4'],
  [ETHER_TYPE.arp, 'ARP'],
  [ETHER_TYPE.vlan, 'VLAN tag'],
  [ETHER_TYPE.ipv6, 'IPv6'],
  [ETHER_TYPE.qinq, 'VLAN tag of a provider'],
  [0x8863, 'PPPoE discovery'],
  [0x8864, 'PPPoE'],
  [0x888e, 'EAPOL'],
  [0x88cc, 'LLDP'],
]);

export const etherTypeMeaning = (type: number): string => MEANINGS.get(type) ?? 'unknown';

/** What follows a link-layer header, and at which offset. */
export interface LinkPayload {
  readonly etherType: number;
  readonly at: number;
}

export interface LinkDissection {
  readonly layer: Layer;
  /** Absent where the header is broken or carries no EtherType. */
  readonly payload?: LinkPayload;
}

/** `02:42:ac:11:00:02`, as Wireshark writes it. */
export const formatMac = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
