// One packet as a line of a list, as Wireshark has it: when, from whom to whom, what. Made from the few
// numbers of its headers where that is enough, since every packet of a file may be asked for.

import type { Layer, Protocol } from '../wire/layer.ts';
import { TCP_FLAG_FIELDS } from '../wire/tcp-fields.ts';
import { type Frame, innermost } from './capture.ts';
import type { PacketAnalysis, PacketPlace } from './packet-analysis.ts';
import type { FilePacket } from './packet-file.ts';
import { packetFrame } from './packet-frame.ts';
import { ipParts, linkPayload, type TcpHeader, tcpHeader } from './packet-headers.ts';
import { seqDistance } from './reassembly.ts';

export interface PacketRow {
  readonly index: number;
  /** µs since the first packet. */
  readonly at: number;
  /** `10.0.0.1:443`, `[::1]:443`, an address alone, or empty. */
  readonly source: string;
  readonly destination: string;
  readonly protocol: Protocol;
  /** Bytes on the wire. */
  readonly length: number;
  readonly summary: string;
}

export function packetRow(analysis: PacketAnalysis, index: number): PacketRow {
  const packet = analysis.file.packets[index] as FilePacket;
  const at = analysis.timeOf(index);
  const place = analysis.placeOf(index);
  const { length } = packet;
  if (!place) {
    const frame = packetFrame(analysis, index);
    const last = innermost(frame);
    const [source, destination] = endsOf(frame.layers);
    const { protocol, summary } = last;
    return { index, at, source, destination, protocol, length, summary };
  }
  const { connection, side } = place;
  const source = endText(connection.ends[side]);
  const destination = endText(connection.ends[side === 0 ? 1 : 0]);
  const told = messageText(analysis.messagesOf(index));
  const protocol = told?.protocol ?? 'tcp';
  const summary = told?.summary ?? segmentText(analysis, packet, place);
  return { index, at, source, destination, protocol, length, summary };
}

const endText = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function endsOf(layers: readonly Layer[]): [string, string] {
  const values = new Map<string, unknown>();
  for (const { fields } of layers) {
    for (const { spec, value } of fields) {
      if (!values.has(spec.key)) values.set(spec.key, value);
    }
  }
  const end = (way: 'src' | 'dst'): string => {
    const address = values.get(`ip.${way}`) ?? values.get(`ipv6.${way}`);
    const port = values.get(`udp.${way}port`);
    if (address !== undefined) {
      return port === undefined
        ? String(address)
        : endText({ address: String(address), port: Number(port) });
    }
    return String(values.get(`eth.${way}`) ?? values.get(`sll.${way}.eth`) ?? '');
  };
  return [end('src'), end('dst')];
}

const MAX_MESSAGES = 5;

/** What the messages say that ended in the packet. */
function messageText(
  messages: readonly Frame[],
): Pick<PacketRow, 'protocol' | 'summary'> | undefined {
  const last = messages.at(-1);
  if (!last) return undefined;
  const texts = messages.slice(0, MAX_MESSAGES).map(contentOf);
  const rest = messages.length - texts.length;
  if (rest > 0) texts.push(`and ${rest} more`);
  return { protocol: innermost(last).protocol, summary: texts.join(' | ') };
}

/** HTTP is named before what its body says; a WebSocket frame adds nothing to its message. */
function contentOf(frame: Frame): string {
  const [outer, ...inner] = frame.layers;
  if (!outer || inner.length === 0) return outer?.summary ?? '';
  const carriers = new Set(inner.map(({ parent }) => parent));
  const ends = inner.filter((_, i) => !carriers.has(i + 1)).map(({ summary }) => summary);
  return outer.protocol === 'http' ? `${outer.summary}: ${ends.join(', ')}` : ends.join(', ');
}

const ROLE_WORDS = {
  retransmission: ' [retransmission]',
  overlap: ' [partly retransmitted]',
  'out-of-order': ' [out of order]',
  'after-gap': ' [bytes before it are missing]',
  new: '',
} as const;

function segmentText(analysis: PacketAnalysis, packet: FilePacket, place: PacketPlace): string {
  const { bytes } = analysis.file;
  const link = linkPayload(packet.linkType, bytes, packet.start, packet.end);
  const ip = link && ipParts(bytes, link.at, packet.end);
  const header = ip && tcpHeader(bytes, ip.payloadAt, ip.end);
  if (!header) return '';
  const { connection, side, role } = place;
  const [mine, theirs] = [connection.firstSeq(side), connection.firstSeq(side === 0 ? 1 : 0)];
  const numbers = [`seq ${seqDistance(mine ?? 0, header.seq) >>> 0}`];
  if (header.flags & 0x10) numbers.push(`ack ${seqDistance(theirs ?? 0, header.ack) >>> 0}`);
  const length = ip.end - header.payloadAt;
  if (length > 0) numbers.push(`${length} bytes`);
  return `${flagsText(header)} ${numbers.join(', ')}${role ? ROLE_WORDS[role] : ''}`.trim();
}

const flagTexts = new Map<number, string>();

function flagsText({ flags }: TcpHeader): string {
  const known = flagTexts.get(flags);
  if (known !== undefined) return known;
  const set = TCP_FLAG_FIELDS.filter(({ bit }) => flags & bit);
  const text = set.map(({ spec }) => spec.label).join(', ');
  flagTexts.set(flags, text);
  return text;
}
