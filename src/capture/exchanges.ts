// Requests and their answers, as HTTP pairs them, and how each message says where its body ends. Also
// those that are not whole, or no messages at all. Draws nothing.

import { fieldOf, fieldValue, type Layer } from '../wire/layer.ts';
import type { Capture, Frame } from './capture.ts';

export interface Exchange {
  readonly connection: number;
  /** Absent where the server answered without having been asked. */
  readonly request: Frame | undefined;
  readonly response: Frame | undefined;
}

/**
 * In the order of the requests. An answer that nothing else asked for belongs to what was said on its
 * connection and could not be read.
 */
export function exchangesOf({ frames, pairs }: Capture): readonly Exchange[] {
  const answers = new Map<number, Frame>();
  for (const { kind, from, to } of pairs) {
    const answer = frames[to.frame];
    if (kind === 'request-response' && answer) answers.set(from.frame, answer);
  }
  const paired = new Set([...answers.values()].map(({ id }) => id));
  const messages = frames.filter(isMessage);
  const others = messages.filter(({ id, direction }) => direction === 'down' && !paired.has(id));
  const rows: Exchange[] = [];
  for (const request of messages.filter(({ direction }) => direction === 'up')) {
    const { id, connection } = request;
    const at = others.findIndex((answer) => answer.connection === connection);
    const isRead = fieldOf(request.layers[0] as Layer, 'http.request.method') !== undefined;
    const [rest] = isRead || at < 0 ? [] : others.splice(at, 1);
    rows.push({ connection, request, response: answers.get(id) ?? rest });
  }
  for (const response of others) {
    rows.push({ connection: response.connection, request: undefined, response });
  }
  return rows;
}

/**
 * For each exchange its number among those that the page's program asked for, from 1. None for one whose
 * answer died in the link: the browser says the request once more by itself, and the program knows of one.
 */
export function numbersOf(exchanges: readonly Exchange[]): readonly (number | undefined)[] {
  let count = 0;
  return exchanges.map(({ response }) => (response?.lost ? undefined : ++count));
}

/** A message, or what stands where one was expected; not what came after bytes that nobody could read. */
const isMessage = ({ layers: [layer] }: Frame): boolean =>
  layer?.protocol === 'http' && !layer.problems.some(({ code }) => code === 'http/out-of-step');

const header = ({ layers }: Frame, key: string): string | undefined => {
  const value = layers[0] && fieldValue(layers[0], key);
  return value === undefined ? undefined : String(value);
};

export const methodOf = (request: Frame | undefined): string =>
  (request && header(request, 'http.request.method')) ?? '';

export const statusOf = (response: Frame | undefined): number =>
  Number(response ? header(response, 'http.response.code') : 0);

/** The target without the lab's own path in front of it. */
export const placeOf = (request: Frame): string =>
  (header(request, 'http.request.uri') ?? '').replace(/^\/lab\/[^/]+\/[^/]+/, '');

/** The name of the version: what the server gave it, or what the client says that it has. */
export const etagOf = (message: Frame | undefined): string | undefined =>
  message && (header(message, 'http.header.etag') ?? header(message, 'http.header.if_none_match'));

/**
 * What says where the body ends (RFC 9112 §6.3): its length, its chunks, the end of the connection, or
 * that there is none.
 */
export type BodyEnd = 'length' | 'chunks' | 'close' | 'none';

export function bodyEndOf(message: Frame, method: string): BodyEnd {
  const code = statusOf(message);
  if (code !== 0 && (method === 'HEAD' || code < 200 || code === 204 || code === 304))
    return 'none';
  if (header(message, 'http.transfer_encoding') !== undefined) return 'chunks';
  if (header(message, 'http.content_length_header') !== undefined) return 'length';
  return code === 0 ? 'none' : 'close';
}

/** Bytes of the body as they crossed the wire, with its chunks' own lines. */
export function bodyBytesOf({ layers, sources }: Frame): number {
  const end = layers[0]?.fields.find(({ spec }) => spec.key === 'http.header.end')?.range[1];
  return end === undefined ? 0 : (sources[0]?.bytes.length ?? 0) - end;
}

/** What is wrong with the message, as the first of its layers says. */
export const faultOf = (message: Frame): Layer['problems'][number] | undefined =>
  message.layers.flatMap(({ problems }) => problems)[0];
