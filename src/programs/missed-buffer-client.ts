// A client that emits whenever it likes: the library keeps what cannot go now.

import { defineMissedClient } from './missed.ts';

export const missedBufferClient = defineMissedClient(({ socket, ticker, handle }) => {
  socket.on('news', (news) => handle(news));

  ticker.on('report', (report) => {
    socket.emit('report', report);
  });
});
