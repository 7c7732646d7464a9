// What a demo is, and what a live demo may ask of the server. The frame around it owns clock,
// knobs, deep link and class; a demo contains none of them and never sees a socket library.

import type { NoteKind } from '../capture/record.ts';
import type { LaneRequest } from '../contract/labs.ts';

/** One knob: a choice among words. It is at once the validator, the control and the default. */
export interface ChoiceParam {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly initial: string;
}

export type ParamSpec = Readonly<Record<string, ChoiceParam>>;
export type ParamsOf<S extends ParamSpec> = { readonly [K in keyof S]: string };

/** One lane of a lab: which exercise of the server answers there, and how. */
export type LaneOptions = LaneRequest;

export interface LabOptions {
  /** Lane name → what listens there. A connection belongs to one lane. */
  readonly lanes: Readonly<Record<string, LaneOptions>>;
}

/** A client of a lane: the real socket.io-client, with its own connections. */
export interface ClientOptions {
  readonly lane: string;
  /** Who it is, in notes and pictures. */
  readonly name: string;
  /** What the client offers, in order; what its lane allows if absent. */
  readonly transports?: readonly ('polling' | 'websocket')[];
  /** Comes back by itself after a drop, first after that many milliseconds. Off if absent. */
  readonly reconnectAfterMs?: number;
  /** Asked for anew at each connection, and sent with the CONNECT packet. */
  readonly auth?: () => Readonly<Record<string, unknown>>;
  /** How often an event with an acknowledgement is sent again, and after how long. */
  readonly retries?: number;
  readonly ackTimeoutMs?: number;
}

type Listener = (...args: never[]) => void;

/** The part of socket.io-client's Socket that demos use, under its own names. */
export interface LabSocket {
  readonly id?: string | undefined;
  readonly connected: boolean;
  readonly recovered: boolean;
  /** What the client keeps until it is connected. */
  readonly sendBuffer: readonly unknown[];
  readonly volatile: Pick<LabSocket, 'emit'>;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  timeout(ms: number): Pick<LabSocket, 'emit'>;
}

/** What the client side of a lab can do; `src/live` implements it with the real socket.io-client. */
export interface LabClient {
  readonly socket: LabSocket;
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
  /** A plain GET below the lane's path (`socket.io/socket.io.js`), answered with its status. */
  get(path: string): Promise<number>;
  /** Writes down what this program did with a message, beside what the tap sees. */
  note(what: NoteKind, message: string, detail?: string): void;
}

/** A lab of one's own with its clients, while a run lasts. */
export interface LabRun {
  /** The first client: on the lane `main`, named `browser`. */
  readonly client: LabClient;
  /** One more client. All are disconnected when the run ends. */
  open(options: ClientOptions): LabClient;
  /** Tells the program behind a lane to do something, beside the lab's connections. */
  order(lane: string, order: string, settings?: LaneOptions['settings']): Promise<void>;
  /** Resolves after that many milliseconds of the run. */
  wait(ms: number): Promise<void>;
}

export interface LiveDemo<S extends ParamSpec = ParamSpec> {
  readonly title: string;
  /** One sentence: what pressing run will do on the wire. */
  readonly action: string;
  readonly params: S;
  lab(params: ParamsOf<S>): LabOptions;
  /** Name of the shipped capture that stands in where no run is possible. */
  recorded?(params: ParamsOf<S>): string;
  /** Drives one run from connect to the end. What it says here appears in the capture. */
  run(run: LabRun, params: ParamsOf<S>): Promise<void>;
}

export function defineLiveDemo<const S extends ParamSpec>(demo: LiveDemo<S>): LiveDemo<S> {
  return demo;
}

/** The settings that a demo begins with. */
export const initialOf = ({ params }: Pick<LiveDemo, 'params'>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, { initial }]) => [name, initial]));
