// What a browser may ask about labs: open one, watch its tap, write down what its own program did,
// give its programs orders, say a text to it, publish a moment of it.

import * as z from 'zod/mini';
import { NOTE_KINDS } from '../capture/record.ts';
import { call, type EventsOf } from './call.ts';
import type { TapPart } from './tap-part.ts';

/** Bump when a deployed browser would misread the server. */
export const LABS_VERSION = 2;

export const MAX_LANES = 8;
const MAX_SETTINGS = 16;

const labId = z.string().check(z.regex(/^[a-z0-9]{10}$/));
const token = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const transport = z.enum(['polling', 'websocket']);
const laneName = z.string().check(z.regex(/^[a-z0-9-]{1,20}$/));
const word = z.string().check(z.regex(/^[A-Za-z0-9-]{1,32}$/));

const atMost = (most: number) =>
  z.refine<Readonly<Record<string, unknown>>>(
    (record) => Object.keys(record).length <= most,
    `at most ${most} entries`,
  );

/** What an exercise can be told: plain values only. */
const settings = z
  .record(word, z.union([z.string().check(z.maxLength(200)), z.number(), z.boolean()]))
  .check(atMost(MAX_SETTINGS));

/** What one lane's Socket.IO server is to be like. Times in milliseconds. */
const lane = z.strictObject({
  exercise: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
  transports: z.array(transport).check(z.minLength(1), z.maxLength(2)),
  pingIntervalMs: z.optional(z.int().check(z.gte(500), z.lte(60_000))),
  pingTimeoutMs: z.optional(z.int().check(z.gte(200), z.lte(60_000))),
  /** For how long connection state recovery keeps a session; absent where it is off. */
  recoveryMs: z.optional(z.int().check(z.gte(500), z.lte(120_000))),
  /**
   * Compresses what its server sends wherever the client agrees to it, whatever the size: WebSocket messages
   * with permessage-deflate, HTTP bodies with gzip. Where it is false nothing is, and where it is absent
   * only larger bodies of Socket.IO's polling are.
   */
  compression: z.optional(z.boolean()),
  settings: z.optional(settings),
});

export const labRequest = z.strictObject({
  version: z.literal(LABS_VERSION),
  lanes: z.record(laneName, lane).check(
    atMost(MAX_LANES),
    z.refine<object>((lanes) => Object.keys(lanes).length > 0, 'at least one lane'),
  ),
  /** A script of faults, in force from the beginning; `parseScript` refuses what is none. */
  link: z.optional(z.unknown()),
});

export type LaneRequest = z.infer<typeof lane>;
export type LabRequest = z.infer<typeof labRequest>;

/** A lab that was opened. The id is public: it stands in every request line. The token is not. */
export interface OpenedLab {
  readonly lab: string;
  readonly token: string;
  /** Where the labs listen: a port beside the app's, the app's own port, or a public address. */
  readonly at: { readonly port: number } | { readonly url: string } | 'same';
}

const owned = z.strictObject({ lab: labId, token });

/** Characters of a learner's own text. */
export const MAX_TEXT = 4_000;

/** What ended the connection of a client that said a learner's text. */
export type TextEnd = 'server' | 'quiet' | 'late' | 'too-much';

export interface SentText {
  readonly end: TextEnd;
}

/** The last record that the page has, and the payload bytes up to and with it, also those it lost. */
const place = z.strictObject({
  seq: z.int().check(z.nonnegative()),
  bytes: z.int().check(z.nonnegative()),
});

const micros = z.number().check(z.gte(0), z.lte(1e12));

/** What a program in the browser did with a message; see `Noted`. */
const note = z.strictObject({
  lane: laneName,
  who: z.string().check(z.minLength(1), z.maxLength(40)),
  what: z.enum(NOTE_KINDS),
  message: z.string().check(z.maxLength(40)),
  wroteAt: micros,
  errorMicros: micros,
  detail: z.optional(z.string().check(z.maxLength(200))),
});

export type ClientNote = z.infer<typeof note>;

export const LAB_CALLS = {
  'lab:open': call<OpenedLab>()(labRequest),
  'lab:close': call<null>()(owned),
  /** Records follow as `tap:records`, from the first one after `after`. */
  'lab:watch': call<null>()(z.strictObject({ lab: labId, token, after: place })),
  /** The tap's clock, in microseconds since the lab was opened. */
  'lab:clock': call<{ now: number }>()(owned),
  /** Puts what the browser's own programs did beside what the tap saw. */
  'lab:note': call<null>()(
    z.strictObject({ lab: labId, token, notes: z.array(note).check(z.maxLength(500)) }),
  ),
  /** An order to the program behind a lane; it travels beside the lab's connections, not on them. */
  'lab:order': call<null>()(
    z.strictObject({ lab: labId, token, lane: laneName, order: word, settings }),
  ),
  /**
   * A client that the server starts says this text, byte for byte in UTF-8, on a connection of its own
   * to this lab and to nothing else. Answered when it has left.
   */
  'lab:send': call<SentText>()(
    z.strictObject({
      lab: labId,
      token,
      lane: laneName,
      text: z.string().check(z.minLength(1), z.maxLength(MAX_TEXT)),
    }),
  ),
  /** The script of faults in force from now, for one lane or all; none where it is null. */
  'lab:link': call<null>()(
    z.strictObject({ lab: labId, token, lane: z.optional(laneName), script: z.unknown() }),
  ),
  /**
   * From now, for some seconds, the tap also has the IP packets of the lab's connections, where the server may
   * look at its network interface. Answered when it looks, or does not.
   */
  'lab:packets': call<{ isSeen: boolean }>()(owned),
  /** Freezes what the tap has now; answers with the content's SHA-256, in hex. */
  'lab:publish': call<{ capture: string }>()(owned),
};

export type LabClientToServer = EventsOf<typeof LAB_CALLS>;

/** A part of a tap. The next one comes when this one was acknowledged: a slow viewer slows nobody. */
export interface TapRecords extends TapPart {
  readonly lab: string;
  /** What the ring had to let go before these, since the last part; `bytes` of payload. */
  readonly dropped: { readonly records: number; readonly bytes: number };
}

export interface LabServerToClient {
  'tap:records': (part: TapRecords, taken: () => void) => void;
}
