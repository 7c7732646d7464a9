// What the client does in one run of the handshake demo, from the first request to the good-bye.

import type { LabOptions, LabRun, LaneOptions } from '../demo.ts';

/** Far shorter than the default of 25 s, so that a learner sees a heartbeat without waiting. */
const PING_INTERVAL_MS = 1_500;

const TRANSPORTS: Readonly<Record<string, LaneOptions['transports']>> = {
  both: ['polling', 'websocket'],
  polling: ['polling'],
  websocket: ['websocket'],
};

export function lab(params: { readonly transports: string }): LabOptions {
  const main: LaneOptions = {
    exercise: 'hello',
    transports: TRANSPORTS[params.transports] ?? ['polling', 'websocket'],
    pingIntervalMs: PING_INTERVAL_MS,
    pingTimeoutMs: 1_000,
  };
  return { lanes: { main } };
}

export async function run({ client, wait }: LabRun, params: { readonly transports: string }) {
  await client.connect();
  await client.next('welcome');
  await client.emitWithAck('hello', 'first');
  if (params.transports === 'both') await client.upgraded();
  await client.emitWithAck('hello', 'second');
  await wait(PING_INTERVAL_MS + 200);
  await client.get('socket.io/socket.io.js');
  // Back to back: two messages that may well travel in one piece.
  client.emit('note', 'one');
  client.emit('note', 'two');
  await client.emitWithAck('hello', 'third');
  client.socket.disconnect();
  await wait(100);
}
