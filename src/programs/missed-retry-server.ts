// A server that sends again until the client says that it has it.

import { defineMissedServer } from './missed.ts';

export const missedRetryServer = defineMissedServer((desk) => {
  const { io, ticker, handle, keep, confirmed, gaveUp, wait } = desk;
  let client: Parameters<Parameters<typeof io.on>[1]>[0] | undefined;

  io.on('connection', (socket) => {
    client = socket; // after an outage, the new one
    socket.on('report', (report, answer) => {
      handle(report);
      answer();
    });
  });

  ticker.on('news', async (news) => {
    let isKept = true;
    keep(news);
    for (let tries = 0; tries < 12 && isKept; tries++) {
      client?.timeout(400).emit('news', news, (late: unknown) => {
        if (!late && isKept) confirmed(news);
        if (!late) isKept = false;
      });
      await wait(400);
    }
    if (isKept) gaveUp(news);
  });
});
