// What a lane's server does with its clients: one small application a lesson needs. It knows no tap
// and no link.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'socket.io';
import type { NoteKind } from '../../../src/capture/record.ts';

export type Settings = Readonly<Record<string, string | number | boolean>>;

/** The place in which an exercise runs. It ends with its lab, and so do its timers. */
export interface LaneContext {
  readonly io: Server;
  /** The lane's own path, with a slash at its end: `/lab/abcdefghij/main/`. */
  readonly path: string;
  readonly settings: Settings;
  /** What it sends is to be compressed where the client agrees to that. */
  readonly isCompressed: boolean;
  /** Writes down what this program did with a message, beside what the tap sees. */
  note(what: NoteKind, message: string, detail?: string): void;
  /** Calls back once, unless the lab ended before. Returns the cancellation. */
  after(ms: number, run: () => void): () => void;
  /** Answers plain HTTP requests to `path`; true where it took the request. */
  onRequest(handler: (req: IncomingMessage, res: ServerResponse) => boolean): void;
  /** Carries out an order of the learner that travels beside the lab's connections. */
  onOrder(order: string, run: (settings: Settings) => void): void;
  /** Called when the lab is taken down, for what the exercise itself opened. */
  onEnd(run: () => void): void;
}

export interface Exercise {
  readonly name: string;
  /** Registers its listeners on a server of its own. */
  attach(lane: LaneContext): void;
}
