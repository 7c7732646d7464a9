// One connection read for nothing but a few words a message: HTTP with plain bodies, and whole WebSocket
// frames after a 101. Says what `Conversation` would say or that it is not sure, and then nothing more.

import type { Bytes } from '../lib/bytes.ts';
import type { HttpOutline } from '../wire/http-outline.ts';
import { OutlineReader } from '../wire/http-outline.ts';
import { MAX_PAYLOAD, readFrameHeader, unmask } from '../wire/websocket.ts';
import { innermost } from './capture.ts';
import { hasToken, responseUse } from './conversation.ts';
import { type Purpose, purposeOf, startSummary } from './http-frame.ts';
import { wordsOf } from './message-words.ts';
import type { Direction } from './record.ts';
import { messageWords, packetWords, type Said } from './skimmed-content.ts';
import { SkimmedStream } from './skimmed-stream.ts';
import { loneFrame } from './websocket-stream.ts';

/** A request that waits for its answer. */
interface Exchange {
  readonly method: string;
  readonly purpose: Purpose;
  readonly asksForWebSocket: boolean;
}

/** A message whose head is there. */
interface Begun {
  readonly outline: HttpOutline;
  readonly exchange: Exchange;
}

interface Side {
  readonly stream: SkimmedStream;
  readonly reader: OutlineReader;
  begun: Begun | undefined;
  isEnded: boolean;
}

/** How far a step came: behind what it read, or how many bytes it needs first. */
const UNSURE = -1;

const side = (kind: 'request' | 'response'): Side => ({
  stream: new SkimmedStream(),
  reader: new OutlineReader(kind),
  begun: undefined,
  isEnded: false,
});

export class SkimmedConversation {
  readonly #say: (said: Said) => void;
  readonly #sides = { up: side('request'), down: side('response') };
  /** Requests whose answers did not begin, the first first. */
  readonly #asked: Exchange[] = [];
  #speaks: 'http' | 'awaits-upgrade' | 'websocket' = 'http';
  #isEngineIo = false;
  #needed = 0;

  constructor(say: (said: Said) => void) {
    this.#say = say;
  }

  /** `false`: not sure of it, and not to be asked again. */
  take(direction: Direction, bytes: Bytes): boolean {
    const { stream, isEnded } = this.#sides[direction];
    if (isEnded) return false;
    const all = stream.push(bytes);
    if (!all) return true;
    for (let at = 0; at < all.length; ) {
      this.#needed = 0;
      const end = this.#step(direction, all, at);
      if (end === UNSURE) return false;
      if (this.#needed > 0) {
        stream.keep(all.subarray(at), this.#needed);
        return true;
      }
      at = end;
    }
    return true;
  }

  /** `false`: something was begun, or would be read in another way. */
  end(direction: Direction): boolean {
    const one = this.#sides[direction];
    one.isEnded = true;
    return one.stream.isEmpty && !one.begun;
  }

  /** Behind the message at `at`; where it is not whole, `#needed` says how many bytes it needs. */
  #step(direction: Direction, bytes: Bytes, at: number): number {
    if (this.#speaks === 'websocket') return this.#readFrame(direction === 'up', bytes, at);
    if (this.#speaks === 'awaits-upgrade' && direction === 'up') return UNSURE;
    const one = this.#sides[direction];
    if (!one.begun) {
      const outline = one.reader.read(bytes, at);
      if (outline === 'unsure') return UNSURE;
      if (outline === 'incomplete') return this.#need(bytes.length - at + 1);
      // Kept bytes begin with the message, so that its places count from there.
      const exchange = direction === 'up' ? this.#ask(outline) : this.#asked[0];
      if (!exchange) return UNSURE;
      one.begun = { outline: { ...outline, end: outline.end - at }, exchange };
    }
    return direction === 'up'
      ? this.#readRequest(one.begun, bytes, at)
      : this.#readResponse(one.begun, bytes, at);
  }

  #need(count: number): number {
    this.#needed = count;
    return 0;
  }

  #ask({ start, connection, upgrade }: HttpOutline): Exchange | undefined {
    if (start.kind !== 'request') return undefined;
    const asksForWebSocket =
      upgrade !== undefined && hasToken(connection, 'upgrade') && hasToken(upgrade, 'websocket');
    const purpose = this.#purposeOf(start.target);
    const exchange = { method: start.method, purpose, asksForWebSocket };
    this.#asked.push(exchange);
    return exchange;
  }

  #lastTarget = '';
  #lastPurpose: Purpose = { transport: 'none' };

  #purposeOf(target: string): Purpose {
    if (target !== this.#lastTarget) {
      this.#lastTarget = target;
      this.#lastPurpose = purposeOf(target);
    }
    return this.#lastPurpose;
  }

  readonly #summaries = new WeakMap<HttpOutline['start'], string>();

  #summaryOf(start: HttpOutline['start']): string {
    const known = this.#summaries.get(start);
    if (known !== undefined) return known;
    const summary = startSummary(start);
    this.#summaries.set(start, summary);
    return summary;
  }

  #readRequest({ outline, exchange }: Begun, bytes: Bytes, at: number): number {
    const { contentLength = 0 } = outline;
    const size = outline.end + contentLength;
    if (bytes.length - at < size) return this.#need(size);
    const { method, purpose, asksForWebSocket } = exchange;
    const isPayload = method === 'POST' && purpose.transport === 'polling';
    const use = isPayload ? 'payload' : 'application';
    const body = [at + outline.end, at + size] as const;
    const said = messageWords(bytes, body, use, this.#summaryOf(outline.start));
    if (!said) return UNSURE;
    this.#say(said);
    this.#sides.up.begun = undefined;
    if (asksForWebSocket) this.#speaks = 'awaits-upgrade';
    return at + size;
  }

  #readResponse({ outline, exchange }: Begun, bytes: Bytes, at: number): number {
    const { start, contentLength } = outline;
    if (start.kind !== 'response') return UNSURE;
    const { code } = start;
    if (code < 200 || exchange.asksForWebSocket) {
      return code === 101 ? this.#upgrade({ outline, exchange }, at) : UNSURE;
    }
    const isBodiless = exchange.method === 'HEAD' || code === 204 || code === 304;
    // Without a length the body ends with the connection.
    if (!isBodiless && contentLength === undefined) return UNSURE;
    const size = outline.end + (isBodiless ? 0 : (contentLength ?? 0));
    if (bytes.length - at < size) return this.#need(size);
    const body = [at + outline.end, at + size] as const;
    const said = messageWords(bytes, body, responseUse(exchange, code), this.#summaryOf(start));
    if (!said) return UNSURE;
    this.#say(said);
    this.#sides.down.begun = undefined;
    this.#asked.shift();
    return at + size;
  }

  /** The only answer to the only request, which asked for it. */
  #upgrade({ outline, exchange }: Begun, at: number): number {
    const isAwaited = this.#speaks === 'awaits-upgrade' && this.#asked.length === 1;
    if (!isAwaited || !exchange.asksForWebSocket) return UNSURE;
    if (!hasToken(outline.upgrade, 'websocket')) return UNSURE;
    this.#say({ protocol: 'http', words: this.#summaryOf(outline.start) });
    this.#sides.down.begun = undefined;
    this.#asked.shift();
    this.#speaks = 'websocket';
    this.#isEngineIo = exchange.purpose.transport === 'websocket';
    return at + outline.end;
  }

  #readFrame(isFromClient: boolean, bytes: Bytes, at: number): number {
    const first = bytes[at] as number;
    const second = at + 1 < bytes.length ? (bytes[at + 1] as number) : -1;
    if (second < 0) return this.#need(2);
    const short = second & 0x7f;
    const isMasked = second >= 0x80;
    const long = short < 126 ? 0 : 2;
    const head = 2 + long + (isMasked ? 4 : 0);
    if (first !== FINAL_TEXT || !this.#isEngineIo || short === 127) {
      return this.#readRareFrame(isFromClient, bytes, at);
    }
    if (bytes.length - at < head) return this.#need(head);
    const length =
      long === 0 ? short : ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    const end = at + head + length;
    if (end > bytes.length) return this.#need(head + length);
    const said = isMasked
      ? packetWords(unmasked(bytes, at + head, end), 0, length, false)
      : packetWords(bytes, at + head, end, false);
    if (!said) return UNSURE;
    this.#say(said);
    return end;
  }

  /** Not of several frames, not compressed, and not binary data of Engine.IO. */
  #readRareFrame(isFromClient: boolean, bytes: Bytes, at: number): number {
    const header = readFrameHeader(bytes.subarray(at, at + 14));
    if (!header) return this.#need(bytes.length - at + 1);
    const { fin, rsv, opcode, headerLength, payloadLength } = header;
    const isControl = opcode >= 8 && opcode <= 10;
    const isData = opcode === 1 || opcode === 2;
    if (!fin || rsv !== 0 || payloadLength > MAX_PAYLOAD || !(isControl || isData)) return UNSURE;
    if (isData && this.#isEngineIo && opcode === 2) return UNSURE;
    const size = headerLength + payloadLength;
    if (bytes.length - at < size) return this.#need(size);
    const wire = bytes.slice(at, at + size);
    if (isData && this.#isEngineIo) {
      const payload = wire.subarray(headerLength);
      const plain = header.maskingKey ? unmask(payload, header.maskingKey) : payload;
      const said = packetWords(plain, 0, plain.length, false);
      if (!said) return UNSURE;
      this.#say(said);
    } else {
      const { layers } = loneFrame(wire, header, isFromClient);
      this.#say({ protocol: innermost({ layers }).protocol, words: wordsOf(layers) });
    }
    return at + size;
  }
}

const FINAL_TEXT = 0x81;

let scratch = new Uint8Array(1 << 12);

/** The payload `[from, to)`, whose masking key is before it; valid until the next call. */
function unmasked(bytes: Bytes, from: number, to: number): Bytes {
  const length = to - from;
  if (scratch.length < length) scratch = new Uint8Array(length * 2);
  const plain = scratch;
  for (let i = 0; i < length; i++) {
    plain[i] = (bytes[from + i] as number) ^ (bytes[from - 4 + (i & 3)] as number);
  }
  return plain;
}
