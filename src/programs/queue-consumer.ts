// A consumer of a message queue: a client's program of the lesson about message queues.

import { defineClient } from './program.ts';

export interface Message {
  readonly id: string;
}

interface Page {
  /** The queue that it takes from. */
  readonly queue: string;
  /** Does the work; false where it failed. */
  work(message: Message): Promise<boolean>;
  /** True where the consumer stops dead at this point, as if its power went. */
  crashes(when: 'before' | 'after', message: Message): boolean;
  /** Ids of the messages done, kept on disk; absent where the consumer remembers nothing. */
  readonly done?: Pick<Set<string>, 'has' | 'add'> | undefined;
}

export const queueConsumer = defineClient<Page>()(({ socket, queue, work, crashes, done }) => {
  socket.on('connect', () => socket.emit('consume', queue));

  socket.on('deliver', async (message, confirm = () => {}) => {
    if (done?.has(message.id)) return confirm('known');
    if (crashes('before', message)) return;
    if (!(await work(message))) return;
    done?.add(message.id);
    if (crashes('after', message)) return;
    confirm('done');
  });
});
