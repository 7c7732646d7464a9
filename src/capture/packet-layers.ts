// The layers of one packet, from its link-layer header up to what one packet can hold: TCP, UDP, ICMP,
// ARP, DNS. Knows nothing of other packets; streams are put together elsewhere.

import { type ByteRange, type Bytes, u16 } from '../lib/bytes.ts';
import { checksum } from '../lib/checksum.ts';
import { dissectArp } from '../wire/arp.ts';
import { dissectDns } from '../wire/dns.ts';
import { ETHER_TYPE, type LinkDissection } from '../wire/ether-type.ts';
import { dissectEthernet } from '../wire/ethernet.ts';
import { dissectIcmp } from '../wire/icmp.ts';
import { dissectIp, pseudoHeader } from '../wire/ip.ts';
import { IPV6_EXTENSION } from '../wire/ip-fields.ts';
import type { Field, Layer, Problem } from '../wire/layer.ts';
import { dissectCooked, dissectLoopback } from '../wire/linux-cooked.ts';
import { dissectTcp } from '../wire/tcp.ts';
import { dissectUdp } from '../wire/udp.ts';
import { isKnownLink, LINK } from './link-types.ts';
import { addressBytes, IP_PROTOCOL, type IpParts, ipParts, linkPayload } from './packet-headers.ts';

/** DNS itself, and its sibling on the local link (RFC 6762). */
const DNS_PORTS: ReadonlySet<number> = new Set([53, 5353]);

/** Outermost first. Total: any bytes and any link type give at least one layer. */
export function packetLayers(linkType: number, bytes: Bytes): Layer[] {
  const whole: ByteRange = [0, bytes.length];
  const link = linkLayer(linkType, bytes, whole);
  const layers = link ? [link.layer] : [];
  const payload = link ? link.payload : linkPayload(linkType, bytes, 0, bytes.length);
  if (!isKnownLink(linkType)) return [unknownLink(linkType, whole)];
  if (!link && !payload) return [dissectIp(bytes, whole)];
  if (!payload) return layers;
  const inner: ByteRange = [payload.at, bytes.length];
  if (payload.etherType === ETHER_TYPE.arp) return nest(layers, dissectArp(bytes, inner));
  const isIp = payload.etherType === ETHER_TYPE.ipv4 || payload.etherType === ETHER_TYPE.ipv6;
  if (!isIp) return layers;
  const carried = ipLayers(bytes, inner);
  return carried.reduce(nest, layers);
}

/** Each layer is carried by the one before it. */
const nest = (layers: readonly Layer[], layer: Layer): Layer[] => [
  ...layers,
  layers.length === 0 ? layer : { ...layer, parent: layers.length - 1 },
];

function linkLayer(linkType: number, bytes: Bytes, range: ByteRange): LinkDissection | undefined {
  switch (linkType) {
    case LINK.ethernet:
      return dissectEthernet(bytes, range);
    case LINK.cooked:
      return dissectCooked(bytes, range, 1);
    case LINK.cooked2:
      return dissectCooked(bytes, range, 2);
    case LINK.null:
    case LINK.loop:
      return dissectLoopback(bytes, range);
    default:
      return undefined;
  }
}

function unknownLink(linkType: number, range: ByteRange): Layer {
  const message = `Packets of link type ${linkType} are not explained here.`;
  const problems: Problem[] = [{ code: 'capture/unknown-link', message, range }];
  const summary = `link type ${linkType}`;
  return { protocol: 'data', source: 0, range, summary, fields: [], problems };
}

/** An IP packet and what it carries, without parents. */
function ipLayers(bytes: Bytes, [start, end]: ByteRange): Layer[] {
  const parts = ipParts(bytes, start, end);
  const isCut = parts !== undefined && parts.wireEnd > end;
  const ip = explainIp(bytes, [start, end], parts, isCut);
  if (!parts || parts.isFragment) return [ip];
  return [ip, ...transportLayers(bytes, parts, isCut)];
}

/** The lengths of a packet that was not kept whole, or that a card would have cut, fit all the same. */
function explainIp(
  bytes: Bytes,
  range: ByteRange,
  parts: IpParts | undefined,
  isCut: boolean,
): Layer {
  const ip = dissectIp(bytes, range);
  if (!parts) return ip;
  const isLeftOpen = u16(bytes, parts.start + (parts.version === 4 ? 2 : 4)) === 0;
  const problems = ip.problems.filter(
    ({ code }) => !(code === 'ip/bad-length' && (isCut || isLeftOpen)),
  );
  const extensions = extensionFields(parts);
  const fields = extensions.length === 0 ? ip.fields : [...ip.fields, ...extensions];
  return { ...ip, range: [parts.start, parts.end], fields, problems };
}

function extensionFields({ version, start, payloadAt }: IpParts): Field[] {
  const from = start + 40;
  if (version === 4 || payloadAt <= from) return [];
  return [{ spec: IPV6_EXTENSION, range: [from, payloadAt], value: `${payloadAt - from} bytes` }];
}

function transportLayers(bytes: Bytes, parts: IpParts, isCut: boolean): Layer[] {
  const range: ByteRange = [parts.payloadAt, parts.end];
  const pseudo = isCut ? undefined : pseudoOf(bytes, parts);
  switch (parts.protocol) {
    case IP_PROTOCOL.tcp:
      return [
        dissectTcp(bytes, range, isLeftToCard(bytes, range, 16, pseudo) ? undefined : pseudo),
      ];
    case IP_PROTOCOL.udp:
      return udpLayers(
        bytes,
        range,
        isLeftToCard(bytes, range, 6, pseudo) ? undefined : pseudo,
        isCut,
      );
    case IP_PROTOCOL.icmp:
      return [icmpLayer(bytes, range, 4, isCut)];
    case IP_PROTOCOL.icmpv6:
      return [icmpLayer(bytes, range, 6, isCut, pseudo)];
    default:
      return [];
  }
}

/** The sum over a message that was not kept whole says nothing. */
function icmpLayer(
  bytes: Bytes,
  range: ByteRange,
  version: 4 | 6,
  isCut: boolean,
  pseudo?: Bytes,
): Layer {
  const layer = dissectIcmp(bytes, range, version, pseudo);
  if (!isCut) return layer;
  return { ...layer, problems: layer.problems.filter(({ code }) => code !== 'icmp/bad-checksum') };
}

const pseudoOf = (bytes: Bytes, parts: IpParts): Bytes =>
  pseudoHeader(
    addressBytes(bytes, parts, 'source'),
    addressBytes(bytes, parts, 'destination'),
    parts.protocol,
    parts.end - parts.payloadAt,
  );

/**
 * Linux leaves the sum over the pseudo-header where the checksum goes, and the network card does the
 * rest; a capture on the sending host sees the packet before. Nothing was damaged there.
 */
function isLeftToCard(
  bytes: Bytes,
  [start, end]: ByteRange,
  at: number,
  pseudo: Bytes | undefined,
): boolean {
  if (!pseudo || end - start < at + 2) return true;
  return u16(bytes, start + at) === (~checksum(pseudo) & 0xffff);
}

function udpLayers(
  bytes: Bytes,
  range: ByteRange,
  pseudo: Bytes | undefined,
  isCut: boolean,
): Layer[] {
  const udp = dissectUdp(bytes, range, pseudo);
  const problems = isCut
    ? udp.problems.filter(({ code }) => code !== 'udp/bad-length')
    : udp.problems;
  const layer = isCut ? { ...udp, problems } : udp;
  if (problems.length > 0 || range[1] - range[0] <= 8) return [layer];
  const isDns = [0, 2].some((at) => DNS_PORTS.has(u16(bytes, range[0] + at)));
  return isDns ? [layer, dissectDns(bytes, [range[0] + 8, layer.range[1]])] : [layer];
}
