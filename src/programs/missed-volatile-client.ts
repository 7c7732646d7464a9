// A client that asks the library not to keep anything.

import { defineMissedClient } from './missed.ts';

export const missedVolatileClient = defineMissedClient(({ socket, ticker, handle }) => {
  socket.on('news', (news) => handle(news));

  ticker.on('report', (report) => {
    socket.volatile.emit('report', report);
  });
});
