// A client that says how far it got, and remembers which news it has handled.

import { defineMissedClient } from './missed.ts';

export const missedDedupeClient = defineMissedClient((desk) => {
  const { socket, ticker, handle, known, confirmed, gaveUp } = desk;
  let last = 0;
  const seen = new Set<string>();
  socket.auth = (answer) => answer({ last });

  socket.on('news', (news) => {
    if (seen.has(news.id)) return known(news);
    seen.add(news.id);
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
