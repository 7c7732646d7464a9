// An amplifier or a display: a client's program of the lesson about both directions.

import { defineClient } from './program.ts';

interface Page {
  readonly name: 'amplifier' | 'display';
  /** Turns the knobs of the device; returns where they stand then. An amplifier has a limit. */
  apply(what: string, value: unknown): unknown;
}

export const roomDevice = defineClient<Page>()(({ socket, name, apply }) => {
  socket.on('connect', () => {
    socket.emit('hello', name, (room) => {
      for (const what of Object.keys(room)) {
        apply(what, room[what]);
      }
    });
  });

  socket.on('set', ({ what, value }, confirm) => {
    const done = apply(what, value);
    confirm?.(done);
  });
});
