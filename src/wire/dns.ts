// One DNS message (RFC 1035): reading and explaining it. Every jump of a compressed name goes backwards
// and is counted, so that no message can keep us busy.

import { type ByteRange, type Bytes, u8, u16, u32 } from '../lib/bytes.ts';
import { DNS, DNS_CODES, DNS_TYPES } from './dns-fields.ts';
import { formatAddress } from './ip-address.ts';
import type { Field, FieldSpec, FieldValue, Layer, Problem } from './layer.ts';

const HEADER = 12;
/** Records beyond are not looked at: a datagram holds far fewer. */
const MAX_RECORDS = 200;
/** A name has at most 255 bytes (§3.1), so at most this many labels and jumps. */
const MAX_STEPS = 128;

/** §4.1.4. `end` is where the name ends in place; `undefined` for bytes that are no name. */
function readName(
  bytes: Bytes,
  [start, stop]: ByteRange,
  from: number,
): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  let end: number | undefined;
  let at = from;
  let length = 0;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const size = at < stop ? u8(bytes, at) : 0xff;
    if (size === 0) return { name: labels.join('.') || '<root>', end: end ?? at + 1 };
    if (size >= 0xc0) {
      if (at + 2 > stop) return undefined;
      const target = start + (u16(bytes, at) & 0x3fff);
      if (target >= at) return undefined;
      end ??= at + 2;
      at = target;
      continue;
    }
    length += size + 1;
    if (size >= 0x40 || at + 1 + size > stop || length > 255) return undefined;
    labels.push(labelText(bytes.subarray(at + 1, at + 1 + size)));
    at += 1 + size;
  }
  return undefined;
}

/** What is not printable ASCII is written `\ddd`, as in RFC 1035 §5.1. */
const labelText = (bytes: Bytes): string =>
  Array.from(bytes, (byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x2e && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\${String(byte).padStart(3, '0')}`,
  ).join('');

/** Total: any bytes give a layer. */
export function dissectDns(bytes: Bytes, range: ByteRange): Layer {
  const [start, end] = range;
  const layer = { protocol: 'dns', source: 0, range } as const;
  if (end - start < HEADER) {
    const message = `A DNS header needs ${HEADER} bytes, only ${end - start} arrived.`;
    const problems = [{ code: 'dns/truncated', message, range }] as const;
    return { ...layer, summary: 'DNS, unreadable', fields: [], problems };
  }
  const body = new DnsBody(bytes, range);
  const problem = body.read();
  const fields = [...headerFields(bytes, start), ...body.fields];
  return { ...layer, summary: summaryOf(fields), fields, problems: problem ? [problem] : [] };
}

function summaryOf(fields: readonly Field[]): string {
  const first = (spec: FieldSpec) => fields.find((one) => one.spec === spec);
  const type = first(DNS.queryType);
  const name = String(first(DNS.queryName)?.value ?? '');
  const question = type ? `${type.meaning ?? type.value} ${name}` : '';
  if (first(DNS.response)?.value !== true) return `query ${question}`.trim();
  const code = first(DNS.code);
  const data = fields.find(({ spec }) => ANSWERS.has(spec));
  const answer = code?.value === 0 ? (data?.value ?? 'no answer') : (code?.meaning ?? code?.value);
  return `response ${question}: ${answer}`;
}

const FLAGS = [
  [DNS.response, 0x8000],
  [DNS.opcode, 0x7800],
  [DNS.authoritative, 0x0400],
  [DNS.truncated, 0x0200],
  [DNS.recursionDesired, 0x0100],
  [DNS.recursionAvailable, 0x0080],
  [DNS.reserved, 0x0040],
  [DNS.authenticated, 0x0020],
  [DNS.checkingDisabled, 0x0010],
  [DNS.code, 0x000f],
] as const;

function headerFields(bytes: Bytes, start: number): Field[] {
  const flags = u16(bytes, start + 2);
  const fields: Field[] = [{ spec: DNS.id, range: [start, start + 2], value: u16(bytes, start) }];
  for (const [spec, mask] of FLAGS) {
    const from = Math.clz32(mask) - 16;
    const to = 16 - Math.log2(mask & -mask);
    const byte = from < 8 ? 0 : 1;
    const value = to - from === 1 ? (flags & mask) !== 0 : (flags & mask) >> (16 - to);
    const meaning = spec === DNS.code ? DNS_CODES[flags & 15] : undefined;
    fields.push({
      spec,
      range: [start + 2 + byte, start + 3 + byte],
      value,
      bits: [from - 8 * byte, to - 8 * byte],
      ...(meaning === undefined ? {} : { meaning }),
    });
  }
  const counts = [DNS.questions, DNS.answers, DNS.authorities, DNS.additionals];
  for (const [i, spec] of counts.entries()) {
    const at = start + 4 + 2 * i;
    fields.push({ spec, range: [at, at + 2], value: u16(bytes, at) });
  }
  return fields;
}

/** Records whose data is one name, and where in it the name begins. */
const NAMES: ReadonlyMap<number, readonly [FieldSpec, number]> = new Map([
  [2, [DNS.nameServer, 0]],
  [5, [DNS.canonicalName, 0]],
  [12, [DNS.pointer, 0]],
  [15, [DNS.mailExchange, 2]],
]);

const ANSWERS: ReadonlySet<FieldSpec> = new Set([
  DNS.address,
  DNS.address6,
  DNS.text,
  ...[...NAMES.values()].map(([spec]) => spec),
]);

class DnsBody {
  readonly fields: Field[] = [];
  readonly #bytes: Bytes;
  readonly #range: ByteRange;
  #at: number;

  constructor(bytes: Bytes, range: ByteRange) {
    this.#bytes = bytes;
    this.#range = range;
    this.#at = range[0] + HEADER;
  }

  /** Reads questions and records; gives the problem at which it stopped. */
  read(): Problem | undefined {
    const [start, end] = this.#range;
    const count = (at: number) => u16(this.#bytes, start + at);
    const questions = count(4);
    const records = count(6) + count(8) + count(10);
    for (let i = 0; i < questions + records; i++) {
      const from = this.#at;
      const message = 'The message ends, or contradicts itself, inside this record.';
      const range = [Math.min(from, end), end] as const;
      if (i === MAX_RECORDS) {
        const many = `It claims ${questions + records} records; ${MAX_RECORDS} are read here.`;
        return { code: 'dns/too-many-records', message: many, range };
      }
      const isRead = i < questions ? this.#readQuestion() : this.#readRecord();
      if (!isRead) return { code: 'dns/bad-record', message, range };
    }
    return undefined;
  }

  #add(spec: FieldSpec, at: number, to: number, value: FieldValue, meaning?: string): void {
    const word = meaning === undefined ? {} : { meaning };
    this.fields.push({ spec, range: [at, to], value, ...word });
  }

  #readQuestion(): boolean {
    const found = readName(this.#bytes, this.#range, this.#at);
    if (!found || found.end + 4 > this.#range[1]) return false;
    const { name, end } = found;
    const type = u16(this.#bytes, end);
    this.#add(DNS.queryName, this.#at, end, name);
    this.#add(DNS.queryType, end, end + 2, type, DNS_TYPES.get(type));
    this.#add(DNS.queryClass, end + 2, end + 4, u16(this.#bytes, end + 2));
    this.#at = end + 4;
    return true;
  }

  #readRecord(): boolean {
    const bytes = this.#bytes;
    const found = readName(bytes, this.#range, this.#at);
    if (!found || found.end + 10 > this.#range[1]) return false;
    const { name, end } = found;
    const [type, length] = [u16(bytes, end), u16(bytes, end + 8)];
    const data = end + 10;
    if (data + length > this.#range[1]) return false;
    this.#add(DNS.name, this.#at, end, name);
    this.#add(DNS.type, end, end + 2, type, DNS_TYPES.get(type));
    this.#add(DNS.class, end + 2, end + 4, u16(bytes, end + 2));
    this.#add(DNS.ttl, end + 4, end + 8, u32(bytes, end + 4));
    this.#add(DNS.length, end + 8, end + 10, length);
    if (length > 0) this.#addData(type, [data, data + length]);
    this.#at = data + length;
    return true;
  }

  #addData(type: number, [at, to]: ByteRange): void {
    const part = this.#bytes.subarray(at, to);
    const named = NAMES.get(type);
    const name =
      named && at + named[1] < to ? readName(this.#bytes, this.#range, at + named[1]) : undefined;
    if (named && name && name.end <= to) this.#add(named[0], at + named[1], to, name.name);
    else if (type === 1 && part.length === 4) this.#add(DNS.address, at, to, formatAddress(part));
    else if (type === 28 && part.length === 16)
      this.#add(DNS.address6, at, to, formatAddress(part));
    else if (type === 16) this.#add(DNS.text, at, to, textOf(part));
    else this.#add(DNS.data, at, to, `${part.length} bytes`);
  }
}

/** §3.3.14: strings, each with its length in front. */
function textOf(bytes: Bytes): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes[at] ?? 0;
    parts.push(labelText(bytes.subarray(at + 1, at + 1 + size)));
    at += 1 + size;
  }
  return parts.join(' ');
}
