// The names that a display filter may use: fields, protocols, and Wireshark's names that stand for two
// fields at once. Knows no syntax.

import { FIELD_SPECS } from '../wire/index.ts';
import type { FieldSpec } from '../wire/layer.ts';
import { PACKET_FIELDS } from './packet-fields.ts';

const both = (key: string, label: string, keys: readonly string[]) => ({ key, label, keys });

/** Either end will do. */
const PAIRS = [
  both('ip.addr', 'Either IPv4 address', ['ip.src', 'ip.dst']),
  both('ipv6.addr', 'Either IPv6 address', ['ipv6.src', 'ipv6.dst']),
  both('eth.addr', 'Either hardware address', ['eth.src', 'eth.dst']),
  both('tcp.port', 'Either TCP port', ['tcp.srcport', 'tcp.dstport']),
  both('udp.port', 'Either UDP port', ['udp.srcport', 'udp.dstport']),
] as const;

const SPECS: readonly FieldSpec[] = [...PACKET_FIELDS, ...FIELD_SPECS];
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ...SPECS.map(({ key }) => [key, [key]] as const),
  ...PAIRS.map(({ key, keys }) => [key, keys] as const),
]);

/** The first part of a key: `tcp` of `tcp.port`. */
export const protocolOfKey = (key: string): string => key.slice(0, key.indexOf('.'));

const PROTOCOLS: ReadonlySet<string> = new Set(SPECS.map(({ key }) => protocolOfKey(key)));

export const isProtocolName = (name: string): boolean => PROTOCOLS.has(name);

/** The keys of the fields that the name stands for; `undefined` for a name that is none. */
export const keysOf = (name: string): readonly string[] | undefined => KEYS.get(name);

const ADDRESSES: ReadonlySet<string> = new Set(
  ['ip', 'ipv6'].flatMap((ip) => ['src', 'dst', 'addr'].map((end) => `${ip}.${end}`)),
);

export const isAddressName = (name: string): boolean => ADDRESSES.has(name);

/** What may be written in a filter, and what it means. */
export interface FilterName {
  readonly name: string;
  readonly label: string;
  readonly explain: string;
}

const NAMES: readonly FilterName[] = [
  ...[...PROTOCOLS].map((name) => ({
    name,
    label: 'protocol',
    explain: `Packets in which ${name} was found.`,
  })),
  ...PAIRS.map(({ key, label }) => ({
    name: key,
    label,
    explain: `${label}, source or destination.`,
  })),
  ...SPECS.map(({ key, label, explain }) => ({ name: key, label, explain })),
];

const MOST = 12;

/** Names for a beginning: those that start with it, shortest first, then those that hold it. */
export function namesLike(beginning: string): readonly FilterName[] {
  const wanted = beginning.toLowerCase();
  const starting = NAMES.filter(({ name }) => name.startsWith(wanted));
  const holding = NAMES.filter(
    ({ name, label }) =>
      !name.startsWith(wanted) && (name.includes(wanted) || label.toLowerCase().includes(wanted)),
  );
  const depth = ({ name }: FilterName) => name.split('.').length;
  starting.sort((a, b) => depth(a) - depth(b));
  return [...starting, ...holding].slice(0, MOST);
}

/** The known name that is nearest to a wrong one, if any is near. */
export function nearestName(wrong: string): string | undefined {
  const near = NAMES.map(({ name }) => ({ name, far: distance(wrong, name) }));
  const [best] = near.sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, wrong.length / 4) ? best.name : undefined;
}

/** How many characters differ (Levenshtein); names are short, and longer ones are not compared. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 4 || a.length > 60) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const same = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(same, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
