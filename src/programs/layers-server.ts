// The server of the lesson about layers: it hears a text and says how long it was.

import { defineServer } from './program.ts';

export const layersServer = defineServer((io) => {
  io.on('connection', (socket) => {
    socket.on('say', (text, answer) => {
      answer(`${String(text).length} characters`);
    });
  });
});
