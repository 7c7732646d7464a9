// What a browser may ask of the server's own kernel: to run one scenario on its real TCP or UDP, over the
// server's link. Everything is bounded here, so that nobody can keep the machine busy.

import * as z from 'zod/mini';
import { call, type EventsOf } from './call.ts';

/** Bump when a deployed browser would misread the server. */
export const KERNEL_VERSION = 1;

/** Of one run, together. */
export const MAX_RUN_BYTES = 300_000;
const MAX_WRITES = 64;
const MAX_LOST = 100;

const ordinals = z
  .array(z.int().check(z.gte(1), z.lte(100_000)))
  .check(z.maxLength(MAX_LOST, `at most ${MAX_LOST} packets`));
const atMs = z.number().check(z.gte(0), z.lte(5_000));

const run = z.strictObject({
  kind: z.enum(['tcp', 'udp']),
  subnet: z.int().check(z.gte(0), z.lte(9)),
  seed: z.int().check(z.gte(0), z.lte(2 ** 32 - 1)),
  opensAtMs: z.number().check(z.gte(0), z.lte(1_000)),
  writes: z
    .array(z.strictObject({ atMs, bytes: z.int().check(z.gte(1), z.lte(MAX_RUN_BYTES)) }))
    .check(
      z.minLength(1, 'at least one write'),
      z.maxLength(MAX_WRITES, `at most ${MAX_WRITES} writes`),
      z.refine(
        (all) => all.reduce((sum, { bytes }) => sum + bytes, 0) <= MAX_RUN_BYTES,
        `at most ${MAX_RUN_BYTES} bytes together`,
      ),
      z.refine(
        (all) => all.every(({ atMs: at }, i) => at >= (all[i - 1]?.atMs ?? 0)),
        'in the order of time',
      ),
    ),
  isHasty: z.boolean(),
  ending: z.enum(['close', 'never', 'refused']),
  abortsAtMs: z.optional(atMs),
  link: z.strictObject({
    delayMs: z.number().check(z.gte(0), z.lte(300)),
    rate: z.number().check(z.gte(200_000), z.lte(100_000_000)),
    queuePackets: z.int().check(z.gte(1), z.lte(1_000)),
  }),
  loses: z.strictObject({
    up: ordinals,
    down: ordinals,
    percent: z.number().check(z.gte(0), z.lte(30)),
  }),
});

const runRequest = z.strictObject({ version: z.literal(KERNEL_VERSION), run });

/** What was seen at both ends of the link. */
export interface KernelRunSeen {
  /** A pcapng file as `readTransitFile` reads it. */
  readonly file: Uint8Array;
  /** Both programs ended, rather than the time that a run may take. */
  readonly isComplete: boolean;
  /** How late the latest packet was handed over, in µs: what the machine added to the link. */
  readonly latest: number;
  /** `Linux 6.12.1`. */
  readonly kernel: string;
}

export const KERNEL_CALLS = {
  /** Answered when the run is over. A page has one run at a time: another one ends it. */
  'kernel:run': call<KernelRunSeen>()(runRequest),
  'kernel:stop': call<null>()(z.strictObject({ version: z.literal(KERNEL_VERSION) })),
};

export type KernelClientToServer = EventsOf<typeof KERNEL_CALLS>;

export interface KernelServerToClient {
  /** How many runs of others are before this page's; 0 when its own begins. */
  'kernel:ahead': (runs: number) => void;
}
