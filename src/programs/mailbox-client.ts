// The owner of a mailbox: asks for what came while she was away, and confirms each letter.

import { defineClient } from './program.ts';

interface Letter {
  readonly id: string;
}

interface Page {
  readonly name: string;
  read(letter: Letter): void;
}

export const mailboxClient = defineClient<Page>()(({ socket, name, read }) => {
  const open = (letter: Letter) => {
    read(letter);
    socket.emit('confirm', name, letter.id);
  };

  socket.on('letter', open);
  socket.on('connect', () => {
    socket.emit('return', name, (kept: Letter[]) => {
      for (const letter of kept) open(letter);
    });
  });
});
