// The strategies of the demo: for each a lane of the lab with a server's program, and a client's. The
// programs are run as they are shown.

import type { ClientDesk } from '../../programs/missed.ts';
import { missedBufferClient } from '../../programs/missed-buffer-client.ts';
import { missedDedupeClient } from '../../programs/missed-dedupe-client.ts';
import { missedKindsClient } from '../../programs/missed-kinds-client.ts';
import { missedNothingClient } from '../../programs/missed-nothing-client.ts';
import { missedOffsetClient } from '../../programs/missed-offset-client.ts';
import { missedRelayClient } from '../../programs/missed-relay-client.ts';
import { missedRetryClient } from '../../programs/missed-retry-client.ts';
import { missedVolatileClient } from '../../programs/missed-volatile-client.ts';

export interface Strategy {
  readonly title: string;
  /** Exercise of the server. */
  readonly exercise: string;
  readonly client: (desk: ClientDesk) => void;
  /** The library sends a report again that is not answered. */
  readonly retries?: boolean;
  /** Connection state recovery is on. */
  readonly recovers?: boolean;
}

/** How long a dropped client may stay away to be recovered. */
export const RECOVERY_MS = 5_000;
export const RETRIES = 12;
export const ACK_TIMEOUT_MS = 400;

/** By lane. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  nothing: {
    title: 'Nothing: at most once',
    exercise: 'missed-plain',
    client: missedNothingClient,
  },
  buffer: {
    title: 'The client buffers',
    exercise: 'missed-plain',
    client: missedBufferClient,
  },
  volatile: {
    title: 'Volatile',
    exercise: 'missed-plain',
    client: missedVolatileClient,
  },
  retry: {
    title: 'Acknowledge and retry',
    exercise: 'missed-retry',
    client: missedRetryClient,
    retries: true,
  },
  recovery: {
    title: 'Connection state recovery',
    exercise: 'missed-plain',
    client: missedBufferClient,
    recovers: true,
  },
  offset: {
    title: 'A log and offsets',
    exercise: 'missed-offset',
    client: missedOffsetClient,
    retries: true,
  },
  dedupe: {
    title: 'The same, and ids remembered',
    exercise: 'missed-dedupe',
    client: missedDedupeClient,
    retries: true,
  },
  kinds: {
    title: 'Recovery, three kinds of events',
    exercise: 'missed-kinds',
    client: missedKindsClient,
    recovers: true,
  },
  relay: {
    title: 'An answer, and then Ada',
    exercise: 'missed-relay',
    client: missedRelayClient,
  },
};

export const LANE_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(STRATEGIES).map(([lane, { title }]) => [lane, title]),
);

/** Those that can be compared: one outage for all of them at once. */
export const SIDE_BY_SIDE = [
  'nothing',
  'buffer',
  'volatile',
  'retry',
  'recovery',
  'offset',
  'dedupe',
] as const;
