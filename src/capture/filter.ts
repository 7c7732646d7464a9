// A display filter at work: which packets it lets through, and what may be written next. The syntax is
// in filter-syntax.ts, the names in filter-names.ts.

import { type Bytes, isSameBytes, u8 } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { parseAddress } from '../wire/ip-address.ts';
import type { Field, Layer, Source } from '../wire/layer.ts';
import {
  type FilterName,
  isAddressName,
  isProtocolName,
  keysOf,
  namesLike,
  nearestName,
  protocolOfKey,
} from './filter-names.ts';
import { type FilterSubject, filterSubject } from './filter-subject.ts';
import {
  type Comparison,
  type Filter,
  type FilterError,
  type Literal,
  parseFilter,
} from './filter-syntax.ts';
import type { PacketAnalysis } from './packet-analysis.ts';

export interface PacketFilter {
  readonly kind: 'filter';
  matches(analysis: PacketAnalysis, packet: number): boolean;
}

type Test = (subject: FilterSubject) => boolean;

/** The filter, or where it is wrong. An empty text lets every packet through. */
export function compileFilter(text: string): PacketFilter | FilterError {
  const tree = parseFilter(text);
  if (tree?.kind === 'error') return tree;
  const wrong = tree && wrongName(tree);
  if (wrong) return wrong;
  const test: Test = tree ? testOf(tree) : () => true;
  return {
    kind: 'filter',
    matches: (analysis, packet) => test(filterSubject(analysis, packet)),
  };
}

/** The first name that does not exist, or that cannot have the value given. */
function wrongName(filter: Filter): FilterError | undefined {
  if (filter.kind === 'not') return wrongName(filter.of);
  if ('left' in filter) {
    return wrongName(filter.left) ?? wrongName(filter.right);
  }
  const { name, column } = filter;
  const fail = (message: string): FilterError => ({ kind: 'error', column, message });
  const isField = keysOf(name) !== undefined;
  if (!isField && !isProtocolName(name)) {
    const near = nearestName(name);
    return fail(`“${name}” is not known here.${near ? ` Did you mean “${near}”?` : ''}`);
  }
  if (filter.kind === 'has') return undefined;
  const isBytes = filter.kind === 'compare' && filter.op === 'contains';
  if (!isField && !isBytes) return fail(`“${name}” is a protocol; it has no value to compare.`);
  if (!isAddressName(name) || isBytes) return undefined;
  const values = filter.kind === 'in' ? filter.set.flat() : [filter.value];
  const bad = values.find(({ text }) => !parseRange(text));
  return bad && fail(`“${bad.text}” is no address, nor a range like 10.0.0.0/8.`);
}

function testOf(filter: Filter): Test {
  switch (filter.kind) {
    case 'and': {
      const [left, right] = [testOf(filter.left), testOf(filter.right)];
      return (subject) => left(subject) && right(subject);
    }
    case 'or': {
      const [left, right] = [testOf(filter.left), testOf(filter.right)];
      return (subject) => left(subject) || right(subject);
    }
    case 'not': {
      const of = testOf(filter.of);
      return (subject) => !of(subject);
    }
    case 'has':
      return hasTest(filter.name);
    case 'compare':
      return compareTest(filter.name, filter.op, filter.value);
    case 'in': {
      const tests = filter.set.map(([from, to]) =>
        to ? rangeTest(filter.name, from, to) : compareTest(filter.name, '==', from),
      );
      return (subject) => tests.some((test) => test(subject));
    }
  }
}

function hasTest(name: string): Test {
  const keys = keysOf(name);
  if (!keys) return (subject) => subject.layersOf(name).length > 0;
  return (subject) => fieldsOf(subject, keys).length > 0;
}

interface Found {
  readonly field: Field;
  readonly bytes: Bytes;
}

function fieldsOf(subject: FilterSubject, keys: readonly string[]): Found[] {
  const found: Found[] = [];
  for (const { layer, sources } of subject.layersOf(protocolOfKey(keys[0] ?? ''))) {
    for (const field of layer.fields) {
      if (keys.includes(field.spec.key))
        found.push({ field, bytes: bytesOf(layer, field, sources) });
    }
  }
  return found;
}

const bytesOf = (
  { source }: Layer,
  { range }: Pick<Layer | Field, 'range'>,
  sources: readonly Source[],
): Bytes => sources[source]?.bytes.subarray(...range) ?? new Uint8Array(0);

function compareTest(name: string, op: Comparison, literal: Literal): Test {
  const keys = keysOf(name);
  if (op === 'contains') return containsTest(name, keys, literal);
  const fits = fitting(op === '!=' ? '==' : op, literal);
  return (subject) => {
    const found = fieldsOf(subject, keys ?? []);
    if (op === '!=') return found.length > 0 && !found.some(({ field }) => fits(field));
    return found.some(({ field }) => fits(field));
  };
}

function rangeTest(name: string, from: Literal, to: Literal): Test {
  const keys = keysOf(name) ?? [];
  const [low, high] = [fitting('>=', from), fitting('<=', to)];
  return (subject) => fieldsOf(subject, keys).some(({ field }) => low(field) && high(field));
}

function containsTest(name: string, keys: readonly string[] | undefined, literal: Literal): Test {
  const wanted = encodeUtf8(literal.text);
  if (!keys) {
    return (subject) =>
      subject
        .layersOf(name)
        .some(({ layer, sources }) => holds(bytesOf(layer, layer, sources), wanted));
  }
  return (subject) =>
    fieldsOf(subject, keys).some(
      ({ field, bytes }) => String(field.value).includes(literal.text) || holds(bytes, wanted),
    );
}

function holds(bytes: Bytes, wanted: Bytes): boolean {
  const [first] = wanted;
  if (first === undefined) return true;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (isSameBytes(bytes.subarray(at, at + wanted.length), wanted)) return true;
  }
  return false;
}

const ORDER: Readonly<Record<string, (difference: number) => boolean>> = {
  '==': (difference) => difference === 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

/** Whether a field's value, or what it means in words, compares so with what was written. */
function fitting(op: Comparison, literal: Literal): (field: Field) => boolean {
  const { text } = literal;
  const fits = ORDER[op] ?? (() => false);
  const number = literal.quoted ? undefined : numberOf(text);
  const range = parseRange(text);
  return ({ value, meaning }) => {
    if (typeof value === 'string') {
      const address = range && parseAddress(value);
      if (range && address) return fits(compareToRange(address, range));
      return fits(compareText(value, text));
    }
    if (number !== undefined) return fits(Number(value) - number);
    return op === '==' && (meaning === text || String(value) === text.toLowerCase());
  };
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function numberOf(text: string): number | undefined {
  if (text === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

interface AddressRange {
  readonly address: Bytes;
  readonly bits: number;
}

/** An address, or all that begin with the same bits: `10.0.0.0/8`. */
function parseRange(text: string): AddressRange | undefined {
  const [before = '', bits, ...more] = text.split('/');
  const address = parseAddress(before);
  if (!address || more.length > 0) return undefined;
  const all = address.length * 8;
  if (bits === undefined) return { address, bits: all };
  return /^\d{1,3}$/.test(bits) && Number(bits) <= all
    ? { address, bits: Number(bits) }
    : undefined;
}

/** 0 inside the range; else which side of it. */
function compareToRange(address: Bytes, range: AddressRange): number {
  if (address.length !== range.address.length) return Number.NaN;
  for (let i = 0; i * 8 < range.bits; i++) {
    const mask = 0xff << Math.max(0, 8 * (i + 1) - range.bits);
    const difference = (u8(address, i) & mask) - (u8(range.address, i) & mask);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What may stand at the caret instead of the characters `[from, to)`. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly names: readonly FilterName[];
}

/** `undefined` where no name can stand: inside a string, or where a value is due. */
export function completeFilter(text: string, caret: number): Completion | undefined {
  const before = text.slice(0, caret);
  if ((before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1) return undefined;
  const word = /[\w.]*$/.exec(before)?.[0] ?? '';
  const rest = before.slice(0, before.length - word.length).trimEnd();
  const isFieldDue = rest === '' || /(?:\(|!|&&|\|\||\b(?:and|or|not))$/.test(rest);
  if (!isFieldDue || (word === '' && rest !== '' && before.endsWith('!'))) return undefined;
  const after = /^[\w.]*/.exec(text.slice(caret))?.[0].length ?? 0;
  const names = namesLike(word);
  const isDone = names.length === 1 && names[0]?.name === word;
  return isDone || names.length === 0
    ? undefined
    : { from: caret - word.length, to: caret + after, names };
}
