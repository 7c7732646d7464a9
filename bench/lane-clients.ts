// Clients for the five lanes, as little as each way needs, on connections of their own. Each says when
// it heard which item, on the clock that all processes of the machine share.

import { Agent, get, type IncomingMessage } from 'node:http';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { LaneName } from './lanes-order.ts';

type Heard = (id: number) => void;
/** Resolves when it is connected; the answer ends it. */
type Hear = (origin: string, path: string, heard: Heard) => Promise<() => void>;

/** How often short polling asks. */
const INTERVAL_MS = 500;

const request = (url: string, agent: Agent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { agent }, resolve).on('error', reject));

async function body(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of answer) text += part;
  return text;
}

const poll =
  (ask: string, pause: number): Hear =>
  async (origin, path, heard) => {
    const agent = new Agent({ keepAlive: true });
    let isOver = false;
    let last = 0;
    const once = async (): Promise<void> => {
      const answer = await request(`${origin}${path}${ask}?after=${last}`, agent);
      for (const { id } of JSON.parse(await body(answer)) as { id: number }[]) {
        last = id;
        heard(id);
      }
    };
    const loop = async (): Promise<void> => {
      while (!isOver) {
        await once();
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    // What is asked after the end goes down with the connection.
    void loop().catch(() => undefined);
    return () => {
      isOver = true;
      agent.destroy();
    };
  };

const events: Hear = async (origin, path, heard) => {
  const agent = new Agent();
  const answer = await request(`${origin}${path}events`, agent);
  let rest = '';
  answer.on('data', (bytes) => {
    const parts = (rest + bytes).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) heard(Number(/^id: (\d+)/.exec(part)?.[1]));
  });
  answer.on('error', () => undefined);
  return () => agent.destroy();
};

const bare: Hear = async (origin, path, heard) => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}socket?after=0`, {
    perMessageDeflate: false,
  });
  socket.on('message', (data) => heard((JSON.parse(String(data)) as { id: number }).id));
  await new Promise((resolve) => socket.once('open', resolve));
  return () => socket.terminate();
};

const socketIo: Hear = async (origin, path, heard) => {
  const options = { path: `${path}socket.io`, transports: ['websocket'], forceNew: true };
  const client = io(origin, { ...options, reconnection: false });
  client.on('news', ({ id }: { id: number }) => heard(id));
  await new Promise<void>((resolve) => client.once('connect', resolve));
  return () => void client.disconnect();
};

export const HEAR: Readonly<Record<LaneName, Hear>> = {
  short: poll('poll', INTERVAL_MS),
  long: poll('long', 0),
  sse: events,
  websocket: bare,
  socketio: socketIo,
};
