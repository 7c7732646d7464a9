// One ARP packet (RFC 826): who on this link has an IP address. Building, reading and explaining it.

import { type ByteRange, type Bytes, concat, u8, u16 } from '../lib/bytes.ts';
import { formatMac } from './ether-type.ts';
import { formatAddress } from './ip-address.ts';
import type { Field, FieldSpec, Layer, Problem } from './layer.ts';

const field = (key: string, label: string, explain: string): FieldSpec => ({
  key: `arp.${key}`,
  label,
  explain,
  spec: 'RFC 826',
});

const ARP = {
  hardwareType: field('hw.type', 'Hardware type', 'The kind of link: 1 is Ethernet.'),
  protocolType: field('proto.type', 'Protocol type', 'The kind of address asked about: IPv4.'),
  hardwareSize: field('hw.size', 'Hardware size', 'Bytes in a hardware address.'),
  protocolSize: field('proto.size', 'Protocol size', 'Bytes in an address of the protocol.'),
  opcode: field('opcode', 'Operation', 'Whether this asks (1) or answers (2).'),
  senderHardware: field('src.hw_mac', 'Sender, hardware', 'The network card that sends this.'),
  senderAddress: field('src.proto_ipv4', 'Sender, IP', 'The IP address that the sender has.'),
  targetHardware: field('dst.hw_mac', 'Target, hardware', 'Who is asked for; 0 while unknown.'),
  targetAddress: field('dst.proto_ipv4', 'Target, IP', 'The IP address that is asked about.'),
} as const;

export const ARP_FIELDS: readonly FieldSpec[] = Object.values(ARP);

const HEADER = 8;
const WHOLE = 28;
const OPERATIONS: ReadonlyMap<number, string> = new Map([
  [1, 'request'],
  [2, 'reply'],
]);

/** Total: any bytes give a layer. */
export function dissectArp(bytes: Bytes, [start, end]: ByteRange): Layer {
  const fields: Field[] = [];
  const make = (stop: number, summary: string, ...problems: Problem[]): Layer => ({
    protocol: 'arp',
    source: 0,
    range: [start, stop],
    summary,
    fields,
    problems,
  });
  const range = [start, end] as const;
  if (end - start < HEADER) {
    const message = `An ARP packet begins with ${HEADER} bytes, only ${end - start} arrived.`;
    return make(end, 'ARP, unreadable', { code: 'arp/truncated', message, range });
  }
  const operation = u16(bytes, start + 6);
  const meaning = OPERATIONS.get(operation) ?? 'unknown';
  const add = (spec: FieldSpec, at: number, length: number, value: Field['value'], word?: string) =>
    fields.push({
      spec,
      range: [start + at, start + at + length],
      value,
      ...(word === undefined ? {} : { meaning: word }),
    });
  add(ARP.hardwareType, 0, 2, u16(bytes, start));
  add(ARP.protocolType, 2, 2, u16(bytes, start + 2));
  add(ARP.hardwareSize, 4, 1, u8(bytes, start + 4));
  add(ARP.protocolSize, 5, 1, u8(bytes, start + 5));
  add(ARP.opcode, 6, 2, operation, meaning);
  if (u8(bytes, start + 4) !== 6 || u8(bytes, start + 5) !== 4) {
    const message = 'Only addresses of Ethernet and IPv4 are explained here.';
    return make(end, `ARP ${meaning}`, { code: 'arp/unknown-addresses', message, range });
  }
  if (end - start < WHOLE) {
    const message = `This ARP packet needs ${WHOLE} bytes, only ${end - start} arrived.`;
    return make(end, `ARP ${meaning}`, { code: 'arp/truncated', message, range });
  }
  const mac = (at: number) => formatMac(bytes.subarray(start + at, start + at + 6));
  const ip = (at: number) => formatAddress(bytes.subarray(start + at, start + at + 4));
  add(ARP.senderHardware, 8, 6, mac(8));
  add(ARP.senderAddress, 14, 4, ip(14));
  add(ARP.targetHardware, 18, 6, mac(18));
  add(ARP.targetAddress, 24, 4, ip(24));
  const words = operation === 2 ? `${ip(14)} is at ${mac(8)}` : `who has ${ip(24)}? Tell ${ip(14)}`;
  return make(start + WHOLE, words);
}

/** An ARP packet for Ethernet and IPv4. Hardware addresses are 6 bytes, the others 4. */
export interface ArpMessage {
  /** 1 asks, 2 answers. */
  readonly operation: number;
  readonly senderHardware: Bytes;
  readonly senderAddress: Bytes;
  readonly targetHardware: Bytes;
  readonly targetAddress: Bytes;
}

export function buildArp(message: ArpMessage): Bytes {
  const { operation, senderHardware, senderAddress, targetHardware, targetAddress } = message;
  const header = Uint8Array.of(0, 1, 8, 0, 6, 4, operation >> 8, operation & 0xff);
  return concat(header, senderHardware, senderAddress, targetHardware, targetAddress);
}

/** `undefined` for anything but Ethernet and IPv4, and for what is cut short. */
export function readArp(bytes: Bytes): ArpMessage | undefined {
  if (bytes.length < WHOLE || u16(bytes, 0) !== 1 || u16(bytes, 2) !== 0x0800) return undefined;
  if (u8(bytes, 4) !== 6 || u8(bytes, 5) !== 4) return undefined;
  return {
    operation: u16(bytes, 6),
    senderHardware: bytes.subarray(8, 14),
    senderAddress: bytes.subarray(14, 18),
    targetHardware: bytes.subarray(18, 24),
    targetAddress: bytes.subarray(24, 28),
  };
}
