// The ways to hear the news, each with what the browser itself offers for it. What is said here was
// done by a real client.

import type { LabClient } from '../demo.ts';

interface Item {
  readonly id: number;
  readonly text: string;
}

/** Hears until it is stopped, and calls back once for every item. */
type Hear = (client: LabClient, every: number, got: (item: Item) => void) => () => void;

const request = async (url: string): Promise<readonly Item[]> => {
  const answer = await fetch(url, { cache: 'no-store', credentials: 'omit' });
  return (await answer.json()) as readonly Item[];
};

/** What a request that failed waits before it is made again, so that a cut is not met with a storm. */
const AGAIN_MS = 500;

/** Asks without end: after a pause, or at once where `every` is 0. Stopped, it still takes what it asked for. */
function ask(url: (last: number) => string, every: number, got: (item: Item) => void): () => void {
  let last = 0;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout>;
  const next = async (): Promise<void> => {
    let pause = every;
    try {
      for (const item of await request(url(last))) {
        last = item.id;
        got(item);
      }
    } catch {
      pause = Math.max(every, AGAIN_MS);
    }
    if (!isStopped) timer = setTimeout(() => void next(), pause);
  };
  void next();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Asks, waits, and asks again, whether there is news or not. */
const shortPolling: Hear = (client, every, got) =>
  ask((last) => client.url(`poll?after=${last}`), every, got);

/** Asks, and the answer comes when there is news. */
const longPolling: Hear = (client, _, got) =>
  ask((last) => client.url(`long?after=${last}`), 0, got);

/** One request whose answer does not end. The browser connects anew by itself, with Last-Event-ID. */
const serverSentEvents: Hear = (client, _, got) => {
  const source = new EventSource(client.url('events'));
  source.addEventListener('news', ({ data, lastEventId }) => {
    got({ id: Number(lastEventId), text: String(data) });
  });
  source.addEventListener('end', () => source.close());
  return () => source.close();
};

/** One upgrade, then frames. To connect anew after a loss is the program's own work. */
const webSocket: Hear = (client, _, got) => {
  let last = 0;
  let isStopped = false;
  let socket: WebSocket;
  const connect = (): void => {
    socket = new WebSocket(client.url(`socket?after=${last}`).replace(/^http/, 'ws'));
    socket.addEventListener('message', ({ data }) => {
      const item = JSON.parse(String(data)) as Item;
      last = item.id;
      got(item);
    });
    socket.addEventListener('close', ({ code }) => {
      if (!isStopped && code !== 1000) setTimeout(connect, 500);
    });
  };
  connect();
  return () => {
    isStopped = true;
    socket.close(1000);
  };
};

/** Socket.IO over what its lane allows. */
const socketIo: Hear = (client, _, got) => {
  client.socket.on('news', (item: Item) => got(item));
  void client.connect().catch(() => undefined);
  return () => client.disconnect();
};

export const LANE_TITLES: Readonly<Record<string, string>> = {
  short: 'Short polling',
  long: 'Long polling',
  sse: 'Server-sent events',
  websocket: 'WebSocket',
  socketio: 'Socket.IO',
};

/** Lane → how its client hears. */
export const WAYS: Readonly<Record<string, Hear>> = {
  short: shortPolling,
  long: longPolling,
  sse: serverSentEvents,
  websocket: webSocket,
  socketio: socketIo,
};
