// A front with real labs on a free port, and clients for it: the real one, and a raw connection. For
// tests only; everything ends with the test.

import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Socket as Client, io } from 'socket.io-client';
import { expect, onTestFinished, vi } from 'vitest';
import { isOfWire, type TapRecord } from '../../../src/capture/record.ts';
import { LABS_VERSION, type LaneRequest } from '../../../src/contract/labs.ts';
import type { Lab } from '../../lab/lab.ts';
import { LAB_LIMITS, Labs } from '../../lab/labs.ts';
import { TEXT_LIMITS, TextClients } from '../../lab/text-clients.ts';
import { createFront, FRONT_LIMITS } from '../front.ts';

type Transports = LaneRequest['transports'];

const BOTH: Transports = ['polling', 'websocket'];

/** A front on a free port. `app` answers "app METHOD URL BODY" where it shares the port. */
export async function startFront({
  isShared = false,
  labLimits = LAB_LIMITS,
  limits = FRONT_LIMITS,
  isProxied = false,
  textLimits = TEXT_LIMITS,
} = {}) {
  const labs = new Labs(labLimits);
  const app = createHttpServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    res.end(`app ${req.method} ${req.url} ${body}`);
  });
  const texts: TextClients = new TextClients(
    () => ({ port: portOf(server), host: '127.0.0.1' }),
    textLimits,
  );
  const sockets = new Set<Socket>();
  const front = createFront(labs, isShared ? app : undefined, {
    limits,
    isProxied,
    started: texts,
  });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    front(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    labs.closeAll();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const openLab = (transports = BOTH, settings: Partial<LaneRequest> = {}): Lab => {
    const lanes = { main: { exercise: 'hello', transports, ...settings } };
    const opened = labs.open({ version: LABS_VERSION, lanes }, '127.0.0.1');
    const lab = opened.ok ? labs.find(opened.value.lab) : undefined;
    if (!lab) throw new Error('no lab was opened');
    return lab;
  };
  return {
    port: portOf(server),
    labs,
    openLab,
    texts,
    /** Connections that the server still holds. */
    held: () => sockets.size,
  };
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

export function startClient(port: number, lab: Lab, transports = BOTH): Client {
  const path = `/lab/${lab.id}/main/socket.io`;
  const client = io(`http://127.0.0.1:${port}`, { path, transports, forceNew: true });
  onTestFinished(() => void client.disconnect());
  return client;
}

export const heard = (client: Client, event: string): Promise<unknown> =>
  new Promise((resolve) => client.once(event, resolve));

export const upgraded = (client: Client): Promise<void> =>
  vi.waitFor(() => expect(client.io.engine.transport.name).toBe('websocket'), 5_000);

/** Both directions of every connection, in an order that does not depend on when it opened. */
export function conversations(records: readonly TapRecord[]): string[] {
  const numbers = new Set(records.filter(isOfWire).map(({ connection }) => connection));
  const said = (connection: number, direction: 'up' | 'down'): string =>
    records
      .filter((record) => record.kind === 'chunk' && record.connection === connection)
      .map((record) => (record.kind === 'chunk' && record.direction === direction ? record : null))
      .map((chunk) => Buffer.from(chunk?.bytes ?? []).toString('latin1'))
      .join('');
  return [...numbers].map((n) => `${said(n, 'up')}|${said(n, 'down')}`).sort();
}

export const tapOf = (lab: Lab): string => conversations(lab.tap.ring.all()).join('');

/** A connection on which anything can be written. With `allowHalfOpen` it never closes by itself. */
export function startRaw(port: number, allowHalfOpen = false) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  const shows = (what: string): Promise<void> =>
    vi.waitFor(() => expect(text).toContain(what), 5_000);
  return { socket, closed, shows, text: () => text };
}

/** A request for `target`, with these header lines. */
export const get = (target: string, ...headers: string[]): string =>
  `${[`GET ${target} HTTP/1.1`, 'Host: lab', ...headers].join('\r\n')}\r\n\r\n`;

export const handshakeTarget = (lab: Lab): string =>
  `/lab/${lab.id}/main/socket.io/?EIO=4&transport=polling`;
