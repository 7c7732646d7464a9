import { avRoom } from './av-room.ts';
import { connections } from './connections.ts';
import { emit } from './emit.ts';
import type { Exercise } from './exercise.ts';
import { hello } from './hello.ts';
import { http } from './http.ts';
import { layers } from './layers.ts';
import { mailbox } from './mailbox.ts';
import { missedDedupe } from './missed-dedupe.ts';
import { missedKinds } from './missed-kinds.ts';
import { missedOffset } from './missed-offset.ts';
import { missedPlain } from './missed-plain.ts';
import { missedRelay } from './missed-relay.ts';
import { missedRetry } from './missed-retry.ts';
import { news } from './news.ts';
import { queue } from './queue.ts';

/** The only list to edit when an exercise is added. Alphabetical. */
export const EXERCISES: readonly Exercise[] = [
  avRoom,
  connections,
  emit,
  hello,
  http,
  layers,
  mailbox,
  missedDedupe,
  missedKinds,
  missedOffset,
  missedPlain,
  missedRelay,
  missedRetry,
  news,
  queue,
];
