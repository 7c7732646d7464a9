// A mailbox: the server keeps what a client has not confirmed. The simplest message queue.

import { defineServer } from './program.ts';

interface Letter {
  readonly id: string;
}

export const mailboxServer = defineServer((io) => {
  const boxes = new Map<string, Letter[]>();
  const boxOf = (name: string) => boxes.get(name) ?? [];

  io.on('connection', (socket) => {
    socket.on('leave', (letter, name, answer) => {
      boxes.set(name, [...boxOf(name), letter]);
      io.to(name).emit('letter', letter);
      answer('kept');
    });

    socket.on('return', (name, answer) => {
      socket.join(name);
      answer(boxOf(name));
    });

    socket.on('confirm', (name, id) => {
      const rest = boxOf(name).filter((letter) => letter.id !== id);
      boxes.set(name, rest);
    });
  });
});
