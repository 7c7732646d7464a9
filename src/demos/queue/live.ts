// One producer and two consumers of a queue, each a real client. What goes wrong is chosen by the
// learner and happens to consumer A.

import { type Message, queueConsumer } from '../../programs/queue-consumer.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';

export const CONSUMERS = ['A', 'B'] as const;
export const MESSAGES = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6'] as const;

export interface QueueParams {
  readonly promise: string;
  readonly pattern: string;
  readonly crash: string;
  readonly poison: string;
  readonly prefetch: string;
  readonly full: string;
}

const WORK_MS = 120;
const GAP_MS = 60;
/** Long beside the work, so that a busy machine makes nobody late. */
const PATIENCE_MS = 1_000;
/** Of a message, until it is a dead letter. */
const ATTEMPTS = 3;
const RESTART_MS = 500;
/** Room for so few messages that six fill it. */
const SMALL = 2;

export function lab({ promise, pattern, prefetch, full }: QueueParams): LabOptions {
  return {
    lanes: {
      main: {
        exercise: 'queue',
        transports: ['websocket'],
        settings: {
          names: pattern === 'fan-out' ? CONSUMERS.join(' ') : 'work',
          confirms: promise !== 'at-most-once',
          prefetch: Number(prefetch),
          patience: PATIENCE_MS,
          attempts: ATTEMPTS,
          ...(full === 'no' ? {} : { capacity: SMALL, whenFull: full }),
        },
      },
    },
  };
}

export async function run({ open, wait }: LabRun, params: QueueParams): Promise<void> {
  const producer = open({ lane: 'main', name: 'producer' });
  const consumers = CONSUMERS.map((name) => open({ lane: 'main', name }));
  const known = new Set<string>();
  const ends = consumers.map((client, i) =>
    consume(client, CONSUMERS[i] ?? 'A', { ...params, known }, wait),
  );
  for (const client of consumers) await client.connect();
  await producer.connect();
  for (const id of MESSAGES) {
    producer.note('emitted', id);
    producer.socket.emit('publish', { id }, (answer: unknown) =>
      producer.note('acknowledged', id, String(answer)),
    );
    // All at once, so that a small queue fills: two consumers cannot work so fast.
    if (params.full === 'no') await wait(GAP_MS);
  }
  const crashed = params.crash === 'no' ? 0 : PATIENCE_MS;
  const poisoned = params.poison === 'no' ? 0 : ATTEMPTS * PATIENCE_MS;
  await wait(900 + crashed + poisoned);
  for (const end of ends) end();
}

/** Runs the consumer's program; a crash drops its connection, and it comes back after a while. */
function consume(
  client: LabClient,
  name: string,
  { promise, pattern, crash, poison, known }: QueueParams & { readonly known: Set<string> },
  wait: LabRun['wait'],
): () => void {
  let left = name === 'A' && crash !== 'no' ? 2 : 0;
  let isOver = false;
  const stop = (): void => {
    client.socket.disconnect();
    void wait(RESTART_MS).then(() => isOver || client.socket.connect());
  };
  queueConsumer({
    socket: client.socket,
    queue: pattern === 'fan-out' ? name : 'work',
    ...(promise === 'effectively-once' ? { done: remembering(client, known) } : {}),
    async work({ id }: Message) {
      await wait(WORK_MS);
      const isDone = !(poison === 'yes' && id === 'm-3');
      if (isDone) client.note('handled', id);
      return isDone;
    },
    crashes(when) {
      if (left === 0 || when !== crash) return false;
      left--;
      // Its first message goes well, its second brings the consumer down.
      if (left > 0) return false;
      stop();
      return true;
    },
  });
  return () => {
    isOver = true;
  };
}

/** The ids of the messages done, as in a database that both consumers use: a crash loses none. */
function remembering(client: LabClient, known: Set<string>): Pick<Set<string>, 'has' | 'add'> {
  return {
    has(id) {
      const isKnown = known.has(id);
      if (isKnown) client.note('repeated', id);
      return isKnown;
    },
    add: (id) => known.add(id),
  };
}
