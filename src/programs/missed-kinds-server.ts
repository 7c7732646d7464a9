// A server that emits three kinds of events in turn: plain, volatile, and with an acknowledgement.

import { defineMissedServer } from './missed.ts';

export const missedKindsServer = defineMissedServer(({ io, ticker, handle }) => {
  io.on('connection', (socket) => {
    socket.on('report', (report) => handle(report));
  });

  ticker.on('news', (news) => {
    const kind = ['plain', 'volatile', 'with ack'][(news.n - 1) % 3];
    const message = { ...news, kind };
    if (kind === 'plain') io.emit('news', message);
    if (kind === 'volatile') io.volatile.emit('news', message);
    if (kind === 'with ack') io.timeout(500).emit('news', message, () => {});
  });
});
