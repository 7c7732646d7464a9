// A client that emits only while it takes itself for connected.

import { defineMissedClient } from './missed.ts';

export const missedNothingClient = defineMissedClient(({ socket, ticker, handle }) => {
  socket.on('news', (news) => handle(news));

  ticker.on('report', (report) => {
    if (socket.connected) socket.emit('report', report);
  });
});
