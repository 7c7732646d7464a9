// A client that answers the events that ask for it. With recovery a plain one ends with its offset.

import { defineMissedClient } from './missed.ts';

export const missedKindsClient = defineMissedClient(({ socket, ticker, handle }) => {
  socket.on('news', (news, last) => {
    handle(news);
    if (typeof last === 'function') last();
  });

  ticker.on('report', (report) => {
    socket.emit('report', report);
  });
});
