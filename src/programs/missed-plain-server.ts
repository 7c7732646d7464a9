// A server that emits and forgets.

import { defineMissedServer } from './missed.ts';

export const missedPlainServer = defineMissedServer(({ io, ticker, handle }) => {
  io.on('connection', (socket) => {
    socket.on('report', (report) => handle(report));
  });

  ticker.on('news', (news) => {
    io.emit('news', news);
  });
});
