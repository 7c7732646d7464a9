// The server of the lesson about ports: one program, one port, and a socket for each client.

import { defineServer } from './program.ts';

export const connectionsServer = defineServer((io) => {
  let greetings = 0;

  io.on('connection', (socket) => {
    socket.on('greet', (name, answer) => {
      greetings += 1;
      answer(`Hello ${name}, yours is greeting number ${greetings}`);
    });
  });
});
