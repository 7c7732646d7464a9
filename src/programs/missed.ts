// What the programs of the lesson about missed events are given: messages to send, a place for those
// that came, and a way to say what they keep. Knows no lab and no strategy.

/** `n` counts from 1. */
export interface Message {
  readonly id: string;
  readonly n: number;
}

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire may be anything.
type Listener = (...args: any[]) => void;

interface Emits {
  emit(event: string, ...args: unknown[]): unknown;
}

interface MissedSocket extends Emits {
  readonly broadcast: Emits;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the client said.
  readonly handshake: { readonly auth: any };
  on(event: string, listener: Listener): unknown;
  timeout(ms: number): Emits;
}

interface MissedIo extends Emits {
  readonly volatile: Emits;
  on(event: 'connection', listener: (socket: MissedSocket) => void): unknown;
  timeout(ms: number): Emits;
}

/** Has a new message from time to time, whatever the connection does. */
export interface Ticker {
  on(event: 'news' | 'report', listener: (message: Message) => unknown): void;
}

/** What a program says about a message; the ledger reads it. */
interface Desk {
  readonly ticker: Ticker;
  /** Uses it: this is what the message was sent for. */
  handle(message: Message): void;
  /** It was known already; nothing else is done with it. */
  known(message: Message): void;
  /** The other end has it. */
  confirmed(message: Message): void;
  gaveUp(message: Message): void;
}

export interface ServerDesk extends Desk {
  readonly io: MissedIo;
  /** It stays in the program's memory until it is confirmed or given up. */
  keep(message: Message): void;
  /** It goes on to that client. */
  passOn(message: Message, to: string): void;
  wait(ms: number): Promise<void>;
}

export interface ClientSocket extends Emits {
  readonly connected: boolean;
  readonly volatile: Emits;
  auth: (answer: (data: object) => void) => void;
  on(event: string, listener: Listener): unknown;
}

export interface ClientDesk extends Desk {
  readonly socket: ClientSocket;
}

export const defineMissedServer = (run: (desk: ServerDesk) => void) => run;

export const defineMissedClient = (run: (desk: ClientDesk) => void) => run;
