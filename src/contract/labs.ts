// What a browser may ask about labs: open one, watch its tap, publish a moment of it.

import * as z from 'zod/mini';
import type { TapRecord } from '../capture/record.ts';
import { call, type EventsOf } from './call.ts';

/** Bump when a deployed browser would misread the server. */
export const LABS_VERSION = 1;

const labId = z.string().check(z.regex(/^[a-z0-9]{10}$/));
const token = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const transport = z.enum(['polling', 'websocket']);

/** What the lab's Socket.IO server is to be like. Times in milliseconds. */
export const labRequest = z.strictObject({
  version: z.literal(LABS_VERSION),
  exercise: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
  transports: z.array(transport).check(z.minLength(1), z.maxLength(2)),
  pingIntervalMs: z.optional(z.int().check(z.gte(500), z.lte(60_000))),
  pingTimeoutMs: z.optional(z.int().check(z.gte(200), z.lte(60_000))),
  recovery: z.optional(z.boolean()),
});

export type LabRequest = z.infer<typeof labRequest>;

/** A lab that was opened. The id is public: it stands in every request line. The token is not. */
export interface OpenedLab {
  readonly lab: string;
  readonly token: string;
  /** Where the labs listen: a port beside the app's, the app's own port, or a public address. */
  readonly at: { readonly port: number } | { readonly url: string } | 'same';
}

const owned = z.strictObject({ lab: labId, token });

export const LAB_CALLS = {
  'lab:open': call<OpenedLab>()(labRequest),
  'lab:close': call<null>()(owned),
  /** Records follow as `tap:records`, from the first one after `after`. */
  'lab:watch': call<null>()(
    z.strictObject({ lab: labId, token, after: z.int().check(z.nonnegative()) }),
  ),
  /** Freezes what the tap has now; answers with the content's SHA-256, in hex. */
  'lab:publish': call<{ capture: string }>()(owned),
};

export type LabClientToServer = EventsOf<typeof LAB_CALLS>;

/** A part of a tap. The next one comes when this one was acknowledged: a slow viewer slows nobody. */
export interface TapRecords {
  readonly lab: string;
  readonly records: readonly TapRecord[];
  /** How many records the ring had to let go before these, since the last part. */
  readonly dropped: number;
}

export interface LabServerToClient {
  'tap:records': (part: TapRecords, taken: () => void) => void;
}
