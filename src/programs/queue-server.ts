// A message queue over Socket.IO: the server's program of the lesson about message queues.

import { defineServer, type ServerSocket } from './program.ts';

export interface QueueRules {
  /** Names of the queues. Each gets a copy of what is published. */
  readonly names: readonly string[];
  /** A consumer confirms each message; otherwise the queue forgets it when it is sent. */
  readonly confirms: boolean;
  /** How many unconfirmed messages a consumer may have. */
  readonly prefetch: number;
  /** How long the queue waits for a confirmation, in milliseconds. */
  readonly patience: number;
  /** How often a message is tried before it goes to the dead letters. */
  readonly attempts: number;
  readonly capacity: number;
  /** What to do with a message for a full queue: `reject`, `drop the oldest` or `hold back`. */
  readonly whenFull: string;
}

interface Entry {
  readonly message: unknown;
  attempts: number;
}

interface Consumer {
  readonly socket: ServerSocket;
  busy: number;
}

interface Queue {
  readonly name: string;
  readonly waiting: Entry[];
  readonly consumers: Consumer[];
}

export const queueServer = defineServer<QueueRules>((io, rules) => {
  const queues = new Map<string, Queue>();
  for (const name of rules.names) queues.set(name, { name, waiting: [], consumers: [] });
  const heldBack: (() => void)[] = [];

  io.on('connection', (socket) => {
    socket.on('publish', function publish(message, answer) {
      for (const { name, waiting } of queues.values()) {
        if (waiting.length < rules.capacity) continue;
        if (rules.whenFull === 'reject') return answer('full');
        if (rules.whenFull === 'hold back') return heldBack.push(() => publish(message, answer));
        io.emit('dropped', waiting.shift()?.message, name);
      }
      for (const queue of queues.values()) {
        queue.waiting.push({ message, attempts: 0 });
        passOn(queue);
      }
      answer('kept');
    });

    socket.on('consume', (name) => {
      const queue = queues.get(name);
      if (!queue) return;
      queue.consumers.push({ socket, busy: 0 });
      passOn(queue);
    });

    socket.on('disconnect', () => {
      for (const { consumers } of queues.values()) {
        const gone = consumers.findIndex((consumer) => consumer.socket === socket);
        if (gone >= 0) consumers.splice(gone, 1);
      }
    });
  });

  function passOn(queue: Queue) {
    const consumer = queue.consumers.find(({ busy }) => busy < rules.prefetch);
    const [entry] = consumer ? queue.waiting.splice(0, 1) : [];
    if (!consumer || !entry) return;
    // The next message is for the next consumer.
    queue.consumers.push(...queue.consumers.splice(queue.consumers.indexOf(consumer), 1));

    if (rules.confirms) {
      consumer.busy += 1;
      entry.attempts += 1;
      consumer.socket.timeout(rules.patience).emit('deliver', entry.message, (late) => {
        consumer.busy -= 1;
        if (late && entry.attempts === rules.attempts)
          io.emit('dead letter', entry.message, queue.name);
        else if (late) queue.waiting.unshift(entry);
        passOn(queue);
      });
    } else {
      consumer.socket.emit('deliver', entry.message);
    }
    heldBack.shift()?.();
    passOn(queue);
  }
});
