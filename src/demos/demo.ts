// What a demo is, and what a live demo may ask of the server. The frame around it owns clock,
// knobs, deep link and class; a demo contains none of them and never sees a socket library.

/** One knob: a choice among words. It is at once the validator, the control and the default. */
export interface ChoiceParam {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly initial: string;
}

export type ParamSpec = Readonly<Record<string, ChoiceParam>>;
export type ParamsOf<S extends ParamSpec> = { readonly [K in keyof S]: string };

/** What the client side of a lab can do; `src/live` implements it with the real socket.io-client. */
export interface LabClient {
  /** Resolves when connected; rejects with a sentence for the learner. */
  connect(): Promise<void>;
  /** Emits and resolves with the acknowledgement's arguments. */
  emitWithAck(event: string, ...args: unknown[]): Promise<unknown[]>;
  emit(event: string, ...args: unknown[]): void;
  /** Resolves with the arguments of the next event of that name. */
  next(event: string): Promise<unknown[]>;
  /** Resolves when the transport in use is a WebSocket. */
  upgraded(): Promise<void>;
  disconnect(): void;
  /** A plain GET below the lab's path (`socket.io/socket.io.js`), answered with its status. */
  get(path: string): Promise<number>;
}

export interface LabOptions {
  /** Which exercise of the lab answers: a file of `server/lab`. */
  readonly exercise: string;
  /** What the client offers, in order. */
  readonly transports: readonly ('polling' | 'websocket')[];
  readonly pingIntervalMs?: number;
  readonly pingTimeoutMs?: number;
  readonly recovery?: boolean;
}

/** A lab of one's own with its client, while a run lasts. */
export interface LabRun {
  readonly client: LabClient;
  /** Resolves after that many milliseconds of the run. */
  wait(ms: number): Promise<void>;
}

export interface LiveDemo<S extends ParamSpec = ParamSpec> {
  readonly title: string;
  /** One sentence: what pressing run will do on the wire. */
  readonly action: string;
  readonly params: S;
  lab(params: ParamsOf<S>): LabOptions;
  /** Drives one run from connect to the end. What it says here appears in the capture. */
  run(run: LabRun, params: ParamsOf<S>): Promise<void>;
}

export function defineLiveDemo<const S extends ParamSpec>(demo: LiveDemo<S>): LiveDemo<S> {
  return demo;
}
