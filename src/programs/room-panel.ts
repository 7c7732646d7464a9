// A touch panel: a client's program of the lesson about both directions.

import { defineClient } from './program.ts';

export interface Wish {
  readonly what: 'volume' | 'muted' | 'source';
  readonly value: number | boolean | string;
}

interface Page {
  /** How often it asks for news, in milliseconds; 0 where it is told. */
  readonly asksEvery: number;
  every(ms: number, run: () => void): void;
  onTouch(run: (wish: Wish) => void): void;
  show(room: { readonly version: number }): void;
  showAnswer(answer: unknown): void;
}

export const roomPanel = defineClient<Page>()(({ socket, asksEvery, every, onTouch, ...page }) => {
  let version = 0;

  function hear(room: { readonly version: number }) {
    version = room.version;
    page.show(room);
  }

  socket.on('connect', () => socket.emit('state?', hear));
  socket.on('state', hear);

  if (asksEvery > 0) {
    every(asksEvery, () => {
      socket.emit('state?', hear);
    });
  }

  onTouch((wish) => {
    socket.emit('set', wish, version, (answer) => {
      page.showAnswer(answer);
    });
  });
});
