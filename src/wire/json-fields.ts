// Turns a JSON text into fields: each name, each value, and everything between. Knows nothing of
// what the names mean.

import type { ByteRange, Bytes } from '../lib/bytes.ts';
import { type JsonPart, jsonParts } from '../lib/json-text.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Field, FieldSpec, FieldValue } from './layer.ts';

/** What comes after so many parts is one field, so that a huge array does not become a huge tree. */
const MAX_PARTS = 1_000;

export interface JsonSpecs {
  readonly punctuation: FieldSpec;
  readonly name: FieldSpec;
  /** The field that the value at this place is. */
  value(part: JsonPart, index: number, count: number): FieldSpec;
}

const textOf = (bytes: Bytes, [start, end]: ByteRange): string =>
  decodeUtf8(bytes.subarray(start, end)).text;

/** A string without its quotes, a number or truth value as such, anything else as its JSON text. */
function fieldValue(bytes: Bytes, { range, value }: JsonPart): FieldValue {
  const isSimple =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isSimple ? value : textOf(bytes, range);
}

/** The fields of an array or object, covering every byte; `undefined` when it is neither. */
export function jsonFields(
  bytes: Bytes,
  range: ByteRange,
  specs: JsonSpecs,
): { readonly fields: readonly Field[]; readonly parts: readonly JsonPart[] } | undefined {
  const parts = jsonParts(bytes, range);
  if (!parts) return undefined;
  const fields: Field[] = [];
  let at = range[0];
  const push = (field: Field): void => {
    const [start, end] = field.range;
    if (start > at) {
      const between = [at, start] as const;
      fields.push({ spec: specs.punctuation, range: between, value: textOf(bytes, between) });
    }
    fields.push(field);
    at = end;
  };
  parts.slice(0, MAX_PARTS).forEach((part, index) => {
    const { name } = part;
    if (name) push({ spec: specs.name, range: name.range, value: name.text });
    const spec = specs.value(part, index, parts.length);
    push({ spec, range: part.range, value: fieldValue(bytes, part) });
  });
  const next = parts[MAX_PARTS];
  if (next) {
    const rest: ByteRange = [next.range[0], range[1]];
    push({
      spec: specs.value(next, MAX_PARTS, parts.length),
      range: rest,
      value: textOf(bytes, rest),
    });
  }
  if (at < range[1]) {
    const rest = [at, range[1]] as const;
    fields.push({ spec: specs.punctuation, range: rest, value: textOf(bytes, rest) });
  }
  return { fields, parts };
}
