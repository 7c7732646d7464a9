// A server with a log: who comes back says how far she got, and is sent the rest.

import { defineMissedServer, type Message } from './missed.ts';

export const missedOffsetServer = defineMissedServer(({ io, ticker, handle, keep }) => {
  const log: Message[] = [];

  io.on('connection', (socket) => {
    const { last } = socket.handshake.auth;
    for (const news of log.slice(last)) socket.emit('news', news);

    socket.on('report', (report, answer) => {
      handle(report);
      answer();
    });
  });

  ticker.on('news', (news) => {
    log.push(news);
    keep(news);
    io.emit('news', news);
  });
});
