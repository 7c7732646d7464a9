// The hue of a layer as CSS, the one colour rule of every picture. Knows no layer's meaning.

import type { Protocol } from '../wire/layer.ts';

/** Those that serve another layer have its hue. */
const OWNERS: Partial<Readonly<Record<Protocol, Protocol>>> = {
  icmp: 'ip',
  dns: 'udp',
  arp: 'ethernet',
  'linux-cooked': 'ethernet',
  loopback: 'ethernet',
  data: 'ethernet',
};
/** The protocol whose hue it has. */
export const hueOwnerOf = (protocol: Protocol): Protocol => OWNERS[protocol] ?? protocol;

export const hueOf = (protocol: Protocol): string => `var(--layer-${hueOwnerOf(protocol)})`;
export const tintOf = (protocol: Protocol): string => `var(--layer-${hueOwnerOf(protocol)}-tint)`;
export const inkOf = (protocol: Protocol): string => `var(--layer-${hueOwnerOf(protocol)}-text)`;
