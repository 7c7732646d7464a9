// Finds where requests begin and end on one connection, strictly (RFC 9112). Whatever two readers
// could understand differently is refused. Holds no socket and answers nothing.

import { type Bytes, concat, EMPTY } from '../../src/lib/bytes.ts';
import { type Head, MAX_HEAD, parseHead } from './request-head.ts';

export type Scanned =
  /** These bytes belong to the request before, or to whatever follows an upgrade. */
  | { readonly kind: 'body'; readonly bytes: Bytes }
  /** A whole head, with exactly its bytes. */
  | { readonly kind: 'head'; readonly bytes: Bytes; readonly head: Head }
  | { readonly kind: 'refused'; readonly why: string };

type State =
  | { readonly in: 'head' }
  | { readonly in: 'body'; readonly left: number }
  | { readonly in: 'chunk-size' | 'chunk-end' | 'trailer' }
  | { readonly in: 'chunk-data'; readonly left: number }
  | { readonly in: 'opaque' }
  | { readonly in: 'refused' };

const CRLF = 0x0d0a;
const MAX_LINE = 1_024;

export class RequestScanner {
  #state: State = { in: 'head' };
  #held: Bytes = EMPTY;

  /** True while part of a head was seen and not yet given back. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Takes what arrived and gives back what can be passed on, in order. */
  push(arrived: Bytes): Scanned[] {
    const out: Scanned[] = [];
    let rest = arrived;
    while (rest.length > 0 && this.#state.in !== 'refused') rest = this.#step(rest, out);
    return out;
  }

  #step(bytes: Bytes, out: Scanned[]): Bytes {
    const state = this.#state;
    switch (state.in) {
      case 'head':
        return this.#readHead(bytes, out);
      case 'opaque':
        out.push({ kind: 'body', bytes });
        return EMPTY;
      case 'body':
      case 'chunk-data':
        return this.#readCounted(bytes, state, out);
      default:
        return this.#readLine(bytes, out);
    }
  }

  #readHead(bytes: Bytes, out: Scanned[]): Bytes {
    const before = this.#held.length;
    const all = before === 0 ? bytes : concat(this.#held, bytes);
    const end = endOfHead(all);
    if (end === undefined) {
      this.#held = all.slice();
      return all.length > MAX_HEAD ? this.#refuse('the head is too long', out) : EMPTY;
    }
    this.#held = EMPTY;
    if (end > MAX_HEAD) return this.#refuse('the head is too long', out);
    const parsed = parseHead(all.subarray(0, end));
    if (!parsed.ok) return this.#refuse(parsed.why, out);
    out.push({ kind: 'head', bytes: all.slice(0, end), head: parsed.head });
    this.#state = afterHead(parsed.head);
    return bytes.subarray(end - before);
  }

  #readCounted(bytes: Bytes, state: { in: 'body' | 'chunk-data'; left: number }, out: Scanned[]) {
    const taken = bytes.subarray(0, state.left);
    out.push({ kind: 'body', bytes: taken });
    const left = state.left - taken.length;
    if (left > 0) this.#state = { in: state.in, left };
    else this.#state = { in: state.in === 'body' ? 'head' : 'chunk-end' };
    return bytes.subarray(taken.length);
  }

  /** The lines of the chunked coding: passed on as they come, read once complete (§7.1). */
  #readLine(bytes: Bytes, out: Scanned[]): Bytes {
    const at = bytes.indexOf(0x0a);
    const part = at < 0 ? bytes : bytes.subarray(0, at + 1);
    const line = concat(this.#line, part);
    if (line.length > MAX_LINE)
      return this.#refuse('a line of the chunked coding is too long', out);
    if (at < 0) {
      this.#line = line;
      out.push({ kind: 'body', bytes: part });
      return EMPTY;
    }
    this.#line = EMPTY;
    const next = afterLine(this.#state.in, line);
    if (!next) return this.#refuse('the chunked coding is malformed', out);
    out.push({ kind: 'body', bytes: part });
    this.#state = next;
    return bytes.subarray(part.length);
  }

  #line: Bytes = EMPTY;

  #refuse(why: string, out: Scanned[]): Bytes {
    this.#state = { in: 'refused' };
    out.push({ kind: 'refused', why });
    return EMPTY;
  }
}

function endOfHead(bytes: Bytes): number | undefined {
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    // A bare LF LF would end the head for a lenient reader: let `parseHead` refuse it.
    if (bytes[at - 1] === 0x0a) return at + 1;
    if (at >= 3 && bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a) return at + 1;
  }
  return undefined;
}

function afterHead({ isUpgrade, body }: Head): State {
  // What follows an upgrade is not HTTP. Where the server refuses it, the front ends the connection.
  if (isUpgrade) return { in: 'opaque' };
  if (body === 'chunked') return { in: 'chunk-size' };
  return body > 0 ? { in: 'body', left: body } : { in: 'head' };
}

function afterLine(state: State['in'], line: Bytes): State | undefined {
  if (line.length < 2 || line.at(-2) !== CRLF >> 8) return undefined;
  const text = String.fromCharCode(...line.subarray(0, -2));
  if (state === 'chunk-end') return text === '' ? { in: 'chunk-size' } : undefined;
  if (state === 'trailer') return { in: text === '' ? 'head' : 'trailer' };
  const size = /^([0-9a-fA-F]{1,8})(?:;[\t\x20-\x7e]*)?$/.exec(text)?.[1];
  if (size === undefined) return undefined;
  const left = Number.parseInt(size, 16);
  return left === 0 ? { in: 'trailer' } : { in: 'chunk-data', left };
}
