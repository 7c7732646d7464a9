// The place in which a client's program of this demo runs: hands it messages, and writes down what it
// and its library do with each. Knows no strategy.

import type { ClientDesk, ClientSocket, Message } from '../../programs/missed.ts';
import type { LabClient } from '../demo.ts';

export interface Desk extends ClientDesk {
  /** The program has a new report to send. */
  tick(n: number): void;
}

/** `hasQueue`: the library itself keeps what was not answered yet. */
export function deskOf(client: LabClient, hasQueue: boolean): Desk {
  const { socket, note } = client;
  const listeners: ((message: Message) => unknown)[] = [];
  const left = new Set<string>();
  socket.onAnyOutgoing((_: string, message?: Partial<Message>) => {
    const id = message?.id;
    if (id === undefined) return;
    if (left.has(id)) note('resent', id);
    left.add(id);
  });
  return {
    socket: socket as ClientSocket,
    ticker: {
      on: (event, listener) => {
        if (event === 'report') listeners.push(listener);
      },
    },
    handle: ({ id }) => note('handled', id),
    known: ({ id }) => note('repeated', id),
    confirmed: ({ id }) => note('acknowledged', id),
    gaveUp: ({ id }) => note('abandoned', id, 'no answer came'),
    tick(n) {
      const id = `c-${n}`;
      const kept = socket.sendBuffer.length;
      note('emitted', id);
      for (const listener of listeners) listener({ id, n });
      // What became of it is seen, not assumed: it is on its way, in the library's hands, or dropped.
      if (socket.sendBuffer.length > kept) note('buffered', id, 'in the client’s send buffer');
      else if (left.has(id)) return;
      else if (hasQueue) note('buffered', id, 'in the client’s queue of retries');
      else note('abandoned', id, 'the client dropped it');
    },
  };
}
