// The client of the lesson about layers: it knows a text and a name for it, and no layer below.

import { defineClient } from './program.ts';

interface Page {
  readonly button: { addEventListener(type: 'click', callback: () => void): void };
  readonly text: string;
  show(answer: unknown): void;
}

export const layersClient = defineClient<Page>()(({ socket, button, text, show }) => {
  button.addEventListener('click', () => {
    socket.emit('say', text, (answer) => {
      show(answer);
    });
  });
});
