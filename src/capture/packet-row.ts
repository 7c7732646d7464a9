// One packet as a line of a list, as Wireshark has it: when, from whom to whom, what. Made from the few
// numbers of its headers where that is enough, since every packet of a file may be asked for.

import type { Layer, Protocol } from '../wire/layer.ts';
import { TCP_FLAG_FIELDS } from '../wire/tcp-fields.ts';
import { type Frame, innermost } from './capture.ts';
import { joinedWords, wordsOf } from './message-words.ts';
import type { PacketAnalysis } from './packet-analysis.ts';
import { endText } from './packet-connection.ts';
import type { FilePacket } from './packet-file.ts';
import { ownLayers } from './packet-frame.ts';
import { ipParts, linkPayload, type TcpHeader, tcpHeader } from './packet-headers.ts';
import type { PacketPlace, PacketPlaces } from './packet-streams.ts';
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

/** What the messages say that ended in a packet. */
export interface Told {
  readonly protocol: Protocol;
  readonly summary: string;
}

export const packetRow = (analysis: PacketAnalysis, index: number): PacketRow =>
  rowOf(analysis, index, told(analysis.messagesOf(index)));

/** The row of a packet whose messages say that already. */
export function rowOf(places: PacketPlaces, index: number, message: Told | undefined): PacketRow {
  const packet = places.file.packets[index] as FilePacket;
  const at = places.timeOf(index);
  const place = places.placeOf(index);
  const { length } = packet;
  if (!place) {
    const { layers } = ownLayers(places, index);
    const [source, destination] = endsOf(layers);
    const { protocol, summary } = innermost({ layers });
    return { index, at, source, destination, protocol, length, summary };
  }
  const { connection, side } = place;
  const source = connection.endTexts[side];
  const destination = connection.endTexts[side === 0 ? 1 : 0];
  const protocol = message?.protocol ?? 'tcp';
  const summary = message?.summary ?? segmentText(places, packet, place);
  return { index, at, source, destination, protocol, length, summary };
}

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

function told(messages: readonly Frame[]): Told | undefined {
  const last = messages.at(-1);
  if (!last) return undefined;
  const summary = joinedWords(messages.map(({ layers }) => wordsOf(layers)));
  return { protocol: innermost(last).protocol, summary };
}

const ROLE_WORDS = {
  retransmission: ' [retransmission]',
  overlap: ' [partly retransmitted]',
  'out-of-order': ' [out of order]',
  'after-gap': ' [bytes before it are missing]',
  new: '',
} as const;

function segmentText({ file }: PacketPlaces, packet: FilePacket, place: PacketPlace): string {
  const { bytes } = file;
  const link = linkPayload(packet.linkType, bytes, packet.start, packet.end);
  const ip = link && ipParts(bytes, link.at, packet.end);
  const header = ip && tcpHeader(bytes, ip.payloadAt, ip.end);
  if (!header) return '';
  const { connection, side, role } = place;
  const mine = connection.firstSeq(side) ?? 0;
  const theirs = connection.firstSeq(side === 0 ? 1 : 0) ?? 0;
  const flags = flagsText(header);
  let text = `${flags}${flags === '' ? '' : ' '}seq ${seqDistance(mine, header.seq) >>> 0}`;
  if (header.flags & 0x10) text += `, ack ${seqDistance(theirs, header.ack) >>> 0}`;
  const length = ip.end - header.payloadAt;
  if (length > 0) text += `, ${length} bytes`;
  return role ? text + ROLE_WORDS[role] : text;
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
