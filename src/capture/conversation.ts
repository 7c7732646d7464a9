// One connection: HTTP messages in both directions, and WebSocket frames after a 101. Knows which
// answer belongs to which request, and nothing of other connections.

import type { Micros } from '../lib/time.ts';
import { type HttpHead, headerValue } from '../wire/http-head.ts';
import { MessageInflater } from '../wire/permessage-deflate.ts';
import { acceptedDeflate, type DeflateAgreement } from '../wire/websocket-extensions.ts';
import { ByteStream, type Taken } from './byte-stream.ts';
import type { Connection } from './capture.ts';
import type { Carrier } from './engineio-content.ts';
import type { FrameDraft } from './frame-draft.ts';
import { type BodyUse, httpDraft, type Purpose, purposeOf } from './http-frame.ts';
import { readHttpMessage } from './http-stream.ts';
import type { Chunk, Closed, Direction } from './record.ts';
import type { Sessions } from './sessions.ts';
import { guessProtocol, readRest } from './unread-stream.ts';
import { readWebSocket } from './websocket-stream.ts';

/** A request and, later, the status that answered it. */
interface Exchange {
  readonly ordinal: number;
  readonly method: string;
  readonly purpose: Purpose;
  readonly asksForWebSocket: boolean;
  sid: string | undefined;
  outcome: 'open' | 'answered' | 'websocket' | 'unknown-protocol';
}

export type Emit = (direction: Direction, taken: Taken, draft: FrameDraft) => void;

const RANK = { unknown: 0, http: 1, polling: 2, websocket: 3 } as const;

export const hasToken = (value: string | undefined, token: string): boolean =>
  (value ?? '').split(',').some((part) => part.trim().toLowerCase() === token);

export class Conversation {
  readonly #sessions: Sessions;
  readonly #emit: Emit;
  #connection: Connection;
  #streams = { up: new ByteStream(), down: new ByteStream() };
  #readers: Record<Direction, Generator<void, void>>;
  #exchanges: Exchange[] = [];
  #begun = 0;
  /** What the 101 said of compression; `undefined` until one was seen. */
  #agreed: { readonly deflate: DeflateAgreement | undefined } | undefined;

  /** `isWhole`: the connection is seen from its first byte. */
  constructor(connection: Connection, isWhole: boolean, sessions: Sessions, emit: Emit) {
    this.#connection = connection;
    this.#sessions = sessions;
    this.#emit = emit;
    this.#readers = { up: this.#readUp(isWhole), down: this.#readDown(isWhole) };
  }

  get connection(): Connection {
    return this.#connection;
  }

  push({ direction, bytes, at }: Chunk): void {
    this.#streams[direction].push(bytes, at);
    this.#advance(direction);
  }

  close({ at, by, how, half }: Closed): void {
    const first = how === 'reset' ? undefined : this.#connection.closed;
    this.#connection = { ...this.#connection, closed: first ?? { at, by, how } };
    if (!half) {
      this.#end();
      return;
    }
    const direction = by === 'client' ? 'up' : 'down';
    this.#streams[direction].isEnded = true;
    this.#advance(direction);
  }

  /** Bytes were lost: what was begun stays incomplete, and reading starts again where it can. */
  resume(): void {
    if (this.#connection.closed) return;
    this.#end();
    const { up, down } = this.#streams;
    this.#streams = { up: new ByteStream(up.endOffset), down: new ByteStream(down.endOffset) };
    this.#exchanges = [];
    this.#readers = { up: this.#readUp(false), down: this.#readDown(false) };
  }

  #end(): void {
    this.#streams.up.isEnded = true;
    this.#streams.down.isEnded = true;
    this.#advance('down');
  }

  /** A response can decide how the bytes behind a request are to be read, so both get a turn. */
  #advance(first: Direction): void {
    this.#readers[first].next();
    this.#readers[first === 'up' ? 'down' : 'up'].next();
  }

  *#readUp(isWhole: boolean): Generator<void, void> {
    const stream = this.#streams.up;
    if (!isWhole && (yield* guessProtocol(stream)) === 'websocket') {
      return yield* this.#readFrames('up', undefined);
    }
    for (;;) {
      let exchange: Exchange | undefined;
      const message = yield* readHttpMessage(stream, 'request', (head) => {
        exchange = this.#begin(head);
        return exchange?.method;
      });
      if (!message) return;
      const carrier = this.#carrier('up', exchange);
      const isPayload = exchange?.method === 'POST' && exchange.purpose.transport === 'polling';
      const draft = httpDraft(message, isPayload ? 'payload' : 'application', carrier);
      this.#emitHttp('up', message.taken, draft, exchange, 'ask');
      if (message.failure) return yield* this.#unread('up');
      if (!exchange?.asksForWebSocket) continue;
      while (exchange.outcome === 'open' && !stream.isEnded) yield;
      if (exchange.outcome === 'websocket') return yield* this.#readFrames('up', exchange);
      if (exchange.outcome !== 'answered') return yield* this.#unread('up');
    }
  }

  *#readDown(isWhole: boolean): Generator<void, void> {
    const stream = this.#streams.down;
    if (!isWhole && (yield* guessProtocol(stream)) === 'websocket') {
      return yield* this.#readFrames('down', undefined);
    }
    for (;;) {
      let exchange: Exchange | undefined;
      const message = yield* readHttpMessage(stream, 'response', () => {
        [exchange] = this.#exchanges;
        return exchange?.method;
      });
      if (!message) return;
      const start = message.head?.start;
      const code = start?.kind === 'response' ? start.code : 0;
      const draft = httpDraft(
        message,
        responseUse(exchange, code),
        this.#carrier('down', exchange),
      );
      const isInterim = code >= 100 && code < 200 && code !== 101;
      this.#emitHttp('down', message.taken, draft, isInterim ? undefined : exchange, 'answer');
      if (message.failure) return yield* this.#unread('down');
      if (isInterim) continue;
      this.#exchanges.shift();
      const outcome = outcomeOf(code, message.head);
      if (outcome === 'websocket' && message.head) {
        const extensions = headerValue(message.head, 'sec-websocket-extensions');
        this.#agreed = { deflate: acceptedDeflate(extensions) };
      }
      if (exchange) exchange.outcome = outcome;
      if (outcome === 'websocket') return yield* this.#readFrames('down', exchange);
      if (outcome === 'unknown-protocol') return yield* this.#unread('down');
    }
  }

  #begin(head: HttpHead): Exchange | undefined {
    const { start } = head;
    if (start?.kind !== 'request') return undefined;
    const purpose = purposeOf(start.target);
    const upgrade = headerValue(head, 'upgrade');
    const exchange: Exchange = {
      ordinal: this.#begun++,
      method: start.method,
      purpose,
      asksForWebSocket:
        hasToken(headerValue(head, 'connection'), 'upgrade') && hasToken(upgrade, 'websocket'),
      sid: purpose.sid,
      outcome: 'open',
    };
    this.#exchanges.push(exchange);
    const isPolling = purpose.transport === 'polling';
    this.#learn(
      exchange.asksForWebSocket ? 'websocket' : isPolling ? 'polling' : 'http',
      purpose.sid,
    );
    return exchange;
  }

  #learn(role: Connection['role'], sid: string | undefined): void {
    const known = this.#connection;
    const isMore = RANK[role] > RANK[known.role];
    if (!isMore && (sid === undefined || sid === known.sid)) return;
    const named = sid === undefined ? {} : { sid };
    this.#connection = { ...known, ...named, role: isMore ? role : known.role };
  }

  #carrier(direction: Direction, exchange: Exchange | undefined): Carrier {
    const sid = exchange ? exchange.sid : this.#connection.sid;
    const key = sid ?? `connection ${this.#connection.id}`;
    const named = (name: string): void => {
      if (exchange) exchange.sid = name;
      this.#learn('unknown', name);
    };
    return { direction, sessions: this.#sessions, session: this.#sessions.get(key), named };
  }

  *#readFrames(direction: Direction, exchange: Exchange | undefined): Generator<void, void> {
    this.#learn('websocket', undefined);
    const connection = (): string | undefined => this.#connection.sid;
    const carrier = this.#carrier(direction, exchange);
    const sessions = this.#sessions;
    yield* readWebSocket(this.#streams[direction], {
      isFromClient: direction === 'up',
      isEngineIo: exchange === undefined || exchange.purpose.transport === 'websocket',
      inflater: this.#inflater(direction, exchange !== undefined),
      carrier,
      emit: (taken, draft) => this.#emit(direction, taken, draft),
      // Without polling the other direction names the session, in the first frame.
      refresh: () => {
        const sid = exchange?.sid ?? connection();
        if (sid !== undefined && sid !== carrier.session.key) carrier.session = sessions.get(sid);
      },
    });
    yield* this.#unread(direction);
  }

  /** Where the handshake is not in the capture, a message that has RSV1 set is taken for a compressed one. */
  #inflater(direction: Direction, isWhole: boolean): MessageInflater | undefined {
    if (!this.#agreed) return new MessageInflater({ keepsContext: true, isLate: true });
    const { deflate } = this.#agreed;
    if (!deflate) return undefined;
    const { clientNoContextTakeover, serverNoContextTakeover } = deflate;
    const forgets = direction === 'up' ? clientNoContextTakeover : serverNoContextTakeover;
    return new MessageInflater({ keepsContext: !forgets, isLate: !isWhole });
  }

  #unread(direction: Direction): Generator<void, void> {
    const isWebSocket = this.#connection.role === 'websocket';
    return readRest(this.#streams[direction], isWebSocket ? 'websocket' : 'http', (taken, draft) =>
      this.#emit(direction, taken, draft),
    );
  }

  #emitHttp(
    direction: Direction,
    taken: Taken,
    draft: FrameDraft,
    exchange: Exchange | undefined,
    role: 'ask' | 'answer',
  ): void {
    if (exchange) {
      const key = `${this.#connection.id} ${exchange.ordinal}`;
      draft.ends.unshift({ kind: 'request-response', key, role, layer: 0 });
    }
    this.#emit(direction, taken, draft);
  }
}

/** What a response's body is to the request that it answers. */
export function responseUse(
  exchange: Pick<Exchange, 'method' | 'purpose'> | undefined,
  code: number,
): BodyUse {
  if (!exchange || exchange.purpose.transport === 'none') return 'application';
  const isPoll = exchange.method === 'GET' && exchange.purpose.transport === 'polling';
  return isPoll && code === 200 ? 'payload' : 'answer';
}

function outcomeOf(code: number, head: HttpHead | undefined): Exchange['outcome'] {
  if (code !== 101) return 'answered';
  const isWebSocket = head && hasToken(headerValue(head, 'upgrade'), 'websocket');
  return isWebSocket ? 'websocket' : 'unknown-protocol';
}

/** When a connection that the tap no longer saw open was first seen. */
export const unseen = (id: number, at: Micros): Connection => ({
  id,
  lane: '',
  client: { address: '', port: 0 },
  server: { address: '', port: 0 },
  openedAt: at,
  role: 'unknown',
});
