// A client with retries: the library sends a report again until it is answered.

import { defineMissedClient } from './missed.ts';

export const missedRetryClient = defineMissedClient((desk) => {
  const { socket, ticker, handle, confirmed, gaveUp } = desk;

  socket.on('news', (news, answer) => {
    handle(news);
    answer();
  });

  ticker.on('report', (report) => {
    socket.emit('report', report, (error: unknown) => {
      if (error) gaveUp(report);
      else confirmed(report);
    });
  });
});
