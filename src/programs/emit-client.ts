// The client of the lesson about emit.

import { defineClient } from './program.ts';

interface Page {
  readonly button: { addEventListener(type: 'click', callback: () => void): void };
  readonly event: string;
  readonly text: unknown;
  readonly target: string;
  /** May the client keep the event until it can be sent? */
  readonly isVolatile: boolean;
  show(what: unknown): void;
}

export const emitClient = defineClient<Page>()(({ socket, button, show, ...page }) => {
  const { event, text, target, isVolatile } = page;

  button.addEventListener('click', () => {
    const sender = isVolatile ? socket.volatile : socket;
    sender.emit(event, text, target, (answer) => {
      show(answer);
    });
  });

  socket.on('said', (text) => {
    show(text);
  });
});
