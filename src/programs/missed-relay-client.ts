// Your client and Ada's: one sends reports and waits for answers, the other shows what it is sent.

import { defineMissedClient } from './missed.ts';

export const missedRelayClient = defineMissedClient((desk) => {
  const { socket, ticker, handle, confirmed } = desk;

  socket.on('report', (report) => handle(report));

  ticker.on('report', (report) => {
    socket.emit('report', report, () => confirmed(report));
  });
});
