// The server of the lesson about emit.

import { defineServer } from './program.ts';

export const emitServer = defineServer((io) => {
  io.on('connection', (socket) => {
    socket.on('sit', () => socket.join('front row'));

    socket.on('say', (text, target, answer) => {
      if (target === 'everybody') io.emit('said', text);
      if (target === 'everybody, volatile') io.volatile.emit('said', text);
      if (target === 'the others') socket.broadcast.emit('said', text);
      if (target === 'front row') io.to('front row').emit('said', text);
      if (target === 'only me') socket.emit('said', text);
      answer('the server has it');
    });
  });

  io.of('/news').on('connection', (socket) => {
    socket.emit('headline', 'Two namespaces, one connection');
  });
});
