// A server that answers a report and then passes it on to everybody else.

import { defineMissedServer } from './missed.ts';

export const missedRelayServer = defineMissedServer(({ io, handle, passOn }) => {
  io.on('connection', (socket) => {
    socket.on('report', (report, answer) => {
      handle(report);
      answer();
      passOn(report, 'Ada');
      socket.broadcast.emit('report', report);
    });
  });
});
