// How a body's end is said in words. Draws nothing.

import type { Frame } from '../capture/capture.ts';
import { type BodyEnd, bodyBytesOf } from '../capture/exchanges.ts';
import { fieldValue } from '../wire/layer.ts';

const number = (value: number): string => value.toLocaleString('en-GB');

const bytes = (count: number): string => `${number(count)} byte${count === 1 ? '' : 's'}`;

/** `after 18 bytes: Content-Length`. */
export function nameOfBodyEnd(message: Frame, end: BodyEnd): string {
  const [layer] = message.layers;
  if (end === 'none') return 'there is none';
  if (end === 'close') return `with the connection, after ${bytes(bodyBytesOf(message))}`;
  if (end === 'chunks') {
    const chunks = layer?.fields.filter(({ spec }) => spec.key === 'http.chunk_data') ?? [];
    const full = chunks.filter(({ range: [start, stop] }) => stop > start).length;
    return `after ${number(full)} chunk${full === 1 ? '' : 's'} and an empty one`;
  }
  const length = layer && fieldValue(layer, 'http.content_length_header');
  return `after ${bytes(Number(length))}: Content-Length`;
}
