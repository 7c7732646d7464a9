// What a demo is, and what a live demo may ask of the server. The frame around it owns clock,
// knobs, deep link and class; a demo contains none of them and never sees a socket library.

import type { ComponentType } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { NoteKind } from '../capture/record.ts';
import type { DriveWish } from '../contract/drive.ts';
import type { LaneRequest } from '../contract/labs.ts';
import type { FaultScript } from '../faults/script.ts';
import type { LinkRun } from '../sim/link-run.ts';
import type { ViewProps } from '../views/view.ts';
import type { LaneTitles } from '../views/wire-titles.ts';

/** One knob: a choice among words. It is at once the validator, the control and the default. */
export interface ChoiceParam {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly initial: string;
}

/** One knob: a few words of the learner's own, or some lines. */
export interface TextParam {
  readonly label: string;
  readonly maxLength: number;
  readonly initial: string;
  /** How many lines are seen at once; one line and no more if absent. */
  readonly rows?: number;
  /** Texts to begin with. In an address the name of one stands for it. */
  readonly samples?: Readonly<Record<string, { readonly label: string; readonly text: string }>>;
}

/** One knob: a number, kept as text like every value of an address. */
export interface NumberParam {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: string;
}

export type Param = ChoiceParam | TextParam | NumberParam;

export type ParamSpec = Readonly<Record<string, Param>>;
export type ParamsOf<S extends ParamSpec> = { readonly [K in keyof S]: string };

/** One lane of a lab: which exercise of the server answers there, and how. */
export type LaneOptions = LaneRequest;

export interface LabOptions {
  /** Lane name → what listens there. A connection belongs to one lane. */
  readonly lanes: Readonly<Record<string, LaneOptions>>;
  /** The tap should have the IP packets too, where the server may look at them. */
  readonly wantsPackets?: true;
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
  /** What goes with the CONNECT packet; asked for anew at each connection. */
  auth: object | ((answer: (data: object) => void) => void);
  readonly volatile: Pick<LabSocket, 'emit'>;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  onAnyOutgoing(listener: Listener): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  timeout(ms: number): Pick<LabSocket, 'emit'>;
  connect(): unknown;
  disconnect(): unknown;
}

/** What the client side of a lab can do; `src/live` implements it with the real socket.io-client. */
export interface LabClient {
  readonly socket: LabSocket;
  /** The same client in another namespace, over the same connection. */
  of(namespace: string): LabSocket;
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
  /** Where a path below the lane's is, for what a browser can do by itself: `fetch`, `EventSource`, `WebSocket`. */
  url(path: string): string;
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
  /**
   * Puts a script of faults in force on the link of all lanes, from now; none without one. Does nothing
   * where the learner has put her own in force.
   */
  link(script: FaultScript | undefined): Promise<void>;
  /**
   * Says the text byte for byte to a lane, by a client that the server starts: a browser would write its
   * own. Resolves when that client has left; rejects with a sentence for the learner.
   */
  send(lane: string, text: string): Promise<void>;
  /**
   * Lends one device to whoever has its address, for so many milliseconds at most; the learner may take it
   * back before. `touch` does what was wished and says how it went.
   */
  lend(device: string, ms: number, touch: (wish: DriveWish) => Promise<string>): Promise<void>;
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
  recorded?(params: ParamsOf<S>): string | undefined;
  /** What its lanes are called, where it has more than one. */
  readonly laneTitles?: LaneTitles;
  /** The demo breaks the link itself, so the learner's own script does not apply. */
  readonly ownsLink?: boolean;
  /** Who speaks to the lab, where it is not the learner's browser: a client that the server starts. */
  readonly speaker?: 'server';
  /** Drawn in place of the stage and the ladder, where another picture says more. */
  readonly Picture?: ComponentType<ViewProps>;
  /** What is drawn besides the views that every capture has: a listing, a ledger. */
  readonly Extra?: ComponentType<ViewProps>;
  /** Drives one run from connect to the end. What it says here appears in the capture. */
  run(run: LabRun, params: ParamsOf<S>): Promise<void>;
}

export function defineLiveDemo<const S extends ParamSpec>(demo: LiveDemo<S>): LiveDemo<S> {
  return demo;
}

/** A demo that asks no server: its run is computed where it is shown, the same for the same settings. */
export interface SimulatedDemo<S extends ParamSpec = ParamSpec> {
  readonly title: string;
  readonly action: string;
  readonly params: S;
  /** The whole run, within 50 ms; its provenance is `modelled`. */
  simulate(params: ParamsOf<S>): Capture;
  /** Drawn in place of the stage and the ladder of a live run. */
  readonly Picture: ComponentType<ViewProps>;
  readonly Extra?: ComponentType<ViewProps>;
  /** What a kernel's run of the same scenario is, where one can stand beside the model. */
  readonly beside?: Beside<S>;
}

/** One lane of the model, as a kernel can run it. */
export interface BesideLane {
  readonly lane: string;
  readonly run: LinkRun;
  /** Name of the shipped recording of this very run. */
  readonly recorded?: string | undefined;
}

/**
 * The setting `beside` says what stands there: `none`, `recorded` or `now`. Settings as the address carries
 * them.
 */
export interface Beside<S extends ParamSpec = ParamSpec> {
  /** In the order of the picture; or why no kernel runs this, as a sentence. */
  lanes(params: ParamsOf<S>): readonly BesideLane[] | string;
  /** Settings that have a recording. */
  readonly offers: readonly { readonly label: string; readonly params: Partial<ParamsOf<S>> }[];
  /** Settings with which the link loses just this packet of the client, from 1. */
  loseJust?(ordinal: number): Partial<ParamsOf<S>>;
}

/** The knob of every demo that has something to stand beside its model. */
export const BESIDE = {
  label: 'Beside the model',
  options: [
    { value: 'none', label: 'nothing' },
    { value: 'recorded', label: 'the kernel, recorded' },
    { value: 'now', label: 'the kernel, now' },
  ],
  initial: 'none',
} as const satisfies ChoiceParam;

export function defineSimulatedDemo<const S extends ParamSpec>(
  demo: SimulatedDemo<S>,
): SimulatedDemo<S> {
  return demo;
}

export type Demo = LiveDemo | SimulatedDemo;

export const isSimulated = (demo: Demo): demo is SimulatedDemo => 'simulate' in demo;

/** The value where it fits the knob, else what the knob begins with: addresses come from anywhere. */
function fitParam(param: Param, value = param.initial): string {
  if ('options' in param) {
    return param.options.some((option) => option.value === value) ? value : param.initial;
  }
  if ('maxLength' in param) {
    return (param.samples?.[value]?.text ?? value).slice(0, param.maxLength);
  }
  const number = value.trim() === '' ? Number.NaN : Number(value);
  const isFit = number >= param.min && number <= param.max;
  return isFit ? String(number) : param.initial;
}

/** Every setting of the demo, each fit for its knob. */
export const fitParams = (
  { params }: Pick<Demo, 'params'>,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, fitParam(param, values[name])]),
  );
