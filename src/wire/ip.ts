// An IP packet of either version: the layer it makes, what it carries, and the pseudo-header that
// its checksums cover. The headers themselves are in ipv4.ts and ipv6.ts.
import { type ByteRange, type Bytes, concat, putU16, putU32, u8 } from '../lib/bytes.ts';
import { ipv4Ends, ipv4Fields, ipv4Problems } from './ipv4.ts';
import { ipv6Ends, ipv6Fields } from './ipv6.ts';
import { type Field, fieldValue, type Layer, type Problem } from './layer.ts';

export { IP_FIELDS } from './ip-fields.ts';

/** What a packet carries: the protocol's number (6 is TCP) and where it lies. */
export interface IpPayload {
  readonly protocol: number;
  readonly range: ByteRange;
}

/** Total: any bytes give a layer. Its range is the packet, or all there is when that is unclear. */
export function dissectIp(bytes: Bytes, range: ByteRange): Layer {
  const [start, end] = range;
  const version = start < end ? u8(bytes, start) >> 4 : undefined;
  const make = (stop: number, fields: readonly Field[], problems: readonly Problem[]): Layer => ({
    protocol: 'ip',
    source: 0,
    range: [start, stop],
    summary: summaryOf(fields),
    fields,
    problems,
  });
  const refuse = (code: Problem['code'], message: string, fields: readonly Field[] = []) =>
    make(end, fields, [{ code, message, range }]);

  if (version !== undefined && version !== 4 && version !== 6) {
    return refuse('ip/bad-version', `The first four bits should say 4 or 6, not ${version}.`);
  }
  const least = version === 6 ? 40 : 20;
  if (end - start < least) {
    return refuse('ip/truncated', `This IP header needs ${least} bytes, ${end - start} arrived.`);
  }
  const ends = version === 4 ? ipv4Ends(bytes, range) : ipv6Ends(bytes, range);
  const headerEnd = ends?.[0] ?? start + least;
  const fields = version === 4 ? ipv4Fields(bytes, start, headerEnd) : ipv6Fields(bytes, start);
  if (!ends) {
    return refuse('ip/bad-length', 'The lengths in the header do not fit the bytes.', fields);
  }
  return make(ends[1], fields, version === 4 ? ipv4Problems(bytes, start, headerEnd) : []);
}

function summaryOf(fields: readonly Field[]): string {
  const values = new Map(fields.map(({ spec, value }) => [spec.key, value]));
  const source = values.get('ip.src') ?? values.get('ipv6.src');
  const destination = values.get('ip.dst') ?? values.get('ipv6.dst');
  return source === undefined ? 'IP, unreadable' : `${source} to ${destination}`;
}

/** What lies behind the header; `undefined` when that is unclear, or a fragment of something. */
export function ipPayload(bytes: Bytes, layer: Layer): IpPayload | undefined {
  if (layer.problems.some(({ code }) => code !== 'ip/bad-checksum')) return undefined;
  const isPiece =
    fieldValue(layer, 'ip.flags.mf') === true ||
    Number(fieldValue(layer, 'ip.frag_offset') ?? 0) > 0;
  const ends = (fieldValue(layer, 'ip.version') === 4 ? ipv4Ends : ipv6Ends)(bytes, layer.range);
  const protocol = fieldValue(layer, 'ip.proto') ?? fieldValue(layer, 'ipv6.nxt');
  return isPiece || !ends || typeof protocol !== 'number' ? undefined : { protocol, range: ends };
}

/**
 * The bytes that a checksum of TCP or UDP covers beside its own (RFC 9293 §3.1, RFC 8200 §8.1).
 * Addresses of 4 or of 16 bytes each; `length` counts the carried header and data.
 */
export function pseudoHeader(
  source: Bytes,
  destination: Bytes,
  protocol: number,
  length: number,
): Bytes {
  const end = new Uint8Array(source.length === 4 ? 4 : 8);
  if (end.length === 4) {
    end[1] = protocol;
    putU16(end, 2, length);
  } else {
    putU32(end, 0, length);
    end[7] = protocol;
  }
  return concat(source, destination, end);
}
