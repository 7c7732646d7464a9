// The client of the lesson about ports: it greets when its button is pressed.

import { defineClient } from './program.ts';

interface Page {
  readonly button: { addEventListener(type: 'click', callback: () => void): void };
  readonly name: string;
  show(answer: unknown): void;
}

export const connectionsClient = defineClient<Page>()(({ socket, button, name, show }) => {
  button.addEventListener('click', () => {
    socket.emit('greet', name, (answer) => {
      show(answer);
    });
  });
});
