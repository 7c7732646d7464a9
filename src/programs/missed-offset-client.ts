// A client that says how far it got when it comes back.

import { defineMissedClient } from './missed.ts';

export const missedOffsetClient = defineMissedClient((desk) => {
  const { socket, ticker, handle, confirmed, gaveUp } = desk;
  let last = 0;
  socket.auth = (answer) => answer({ last });

  socket.on('news', (news) => {
    handle(news);
    if (news.n % 2 === 0) last = news.n; // her place is stored now and then
  });

  ticker.on('report', (report) => {
    socket.emit('report', report, (error: unknown) => {
      if (error) gaveUp(report);
      else confirmed(report);
    });
  });
});
