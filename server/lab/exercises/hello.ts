// The smallest server that says something unasked, answers when asked, and gives bytes back.

import type { Exercise } from './exercise.ts';

const isCallback = (value: unknown): value is (...args: unknown[]) => void =>
  typeof value === 'function';

export const hello: Exercise = {
  name: 'hello',
  attach({ io }) {
    io.on('connection', (socket) => {
      socket.emit('welcome', 'Hello from the lab');
      socket.on('hello', (name: unknown, ack: unknown) => {
        if (isCallback(ack)) ack(`Hello, ${String(name).slice(0, 100)}`);
      });
      socket.on('echo', (payload: unknown, ack: unknown) => {
        if (isCallback(ack)) ack(payload);
      });
    });
  },
};
