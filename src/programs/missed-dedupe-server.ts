// A server with a log that remembers which reports it has handled.

import { defineMissedServer, type Message } from './missed.ts';

export const missedDedupeServer = defineMissedServer((desk) => {
  const { io, ticker, handle, known, keep } = desk;
  const log: Message[] = [];
  const seen = new Set<string>();

  io.on('connection', (socket) => {
    const { last } = socket.handshake.auth;
    for (const news of log.slice(last)) socket.emit('news', news);

    socket.on('report', (report, answer) => {
      if (seen.has(report.id)) known(report);
      else handle(report);
      seen.add(report.id);
      answer();
    });
  });

  ticker.on('news', (news) => {
    log.push(news);
    keep(news);
    io.emit('news', news);
  });
});
