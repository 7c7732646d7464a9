// The front with real sockets: every connection reaches one lab, and the tap has its bytes exactly.

import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Socket as Client, io } from 'socket.io-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isOfWire, type TapRecord } from '../../src/capture/record.ts';
import { startRecordingProxy } from '../../src/capture/testing/recording-proxy.ts';
import { LABS_VERSION } from '../../src/contract/labs.ts';
import type { Lab } from '../lab/lab.ts';
import { LAB_LIMITS, Labs } from '../lab/labs.ts';
import { createFront } from './front.ts';

type Transports = ('polling' | 'websocket')[];

const BOTH: Transports = ['polling', 'websocket'];
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A front on a free port. `app` answers "app METHOD URL BODY" where it shares the port. */
async function startFront(isShared = false, limits = LAB_LIMITS) {
  const labs = new Labs(limits);
  const app = createHttpServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    res.end(`app ${req.method} ${req.url} ${body}`);
  });
  const sockets = new Set<Socket>();
  const front = createFront(labs, isShared ? app : undefined);
  const server = createServer((socket) => {
    sockets.add(socket);
    front(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    labs.closeAll();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const openLab = (transports = BOTH): Lab => {
    const lanes = { main: { exercise: 'hello', transports } };
    const request = { version: LABS_VERSION, lanes } as const;
    const opened = labs.open(request, '127.0.0.1');
    const lab = opened.ok ? labs.find(opened.value.lab) : undefined;
    if (!lab) throw new Error('no lab was opened');
    return lab;
  };
  return { port: (server.address() as AddressInfo).port, openLab };
}

function startClient(port: number, lab: Lab, transports = BOTH): Client {
  const path = `/lab/${lab.id}/main/socket.io`;
  const client = io(`http://127.0.0.1:${port}`, { path, transports, forceNew: true });
  cleanups.push(() => client.disconnect());
  return client;
}

const heard = (client: Client, event: string): Promise<unknown> =>
  new Promise((resolve) => client.once(event, resolve));

const upgraded = (client: Client): Promise<void> =>
  vi.waitFor(() => expect(client.io.engine.transport.name).toBe('websocket'), 5_000);

/** Both directions of every connection, in an order that does not depend on when it opened. */
function conversations(records: readonly TapRecord[]): string[] {
  const numbers = new Set(records.filter(isOfWire).map(({ connection }) => connection));
  const said = (connection: number, direction: 'up' | 'down'): string =>
    records
      .filter((record) => record.kind === 'chunk' && record.connection === connection)
      .map((record) => (record.kind === 'chunk' && record.direction === direction ? record : null))
      .map((chunk) => Buffer.from(chunk?.bytes ?? []).toString('latin1'))
      .join('');
  return [...numbers].map((n) => `${said(n, 'up')}|${said(n, 'down')}`).sort();
}

const tapOf = (lab: Lab): string => conversations(lab.tap.ring.all()).join('');

/** A connection on which anything can be written. */
function startRaw(port: number) {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  const shows = (what: string): Promise<void> =>
    vi.waitFor(() => expect(text).toContain(what), 5_000);
  return { socket, closed, shows };
}

const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: lab\r\n\r\n`;
const handshakeTarget = (lab: Lab): string =>
  `/lab/${lab.id}/main/socket.io/?EIO=4&transport=polling`;

describe('a real client', () => {
  it('shakes hands, upgrades, is acknowledged, gets bytes back; the tap has it all', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const proxy = await startRecordingProxy(port);
    cleanups.push(() => proxy.close());
    const client = startClient(proxy.port, lab);
    expect(await heard(client, 'welcome')).toBe('Hello from the lab');
    await upgraded(client);
    expect(await client.emitWithAck('hello', 'Ada')).toBe('Hello, Ada');
    const photo = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    expect(new Uint8Array(await client.emitWithAck('echo', photo))).toEqual(photo);
    client.disconnect();
    await vi.waitFor(() => {
      const seen = conversations(proxy.records);
      expect(conversations(lab.tap.ring.all()).length).toBeGreaterThan(1);
      expect(conversations(lab.tap.ring.all()).every((one, i) => one === seen[i])).toBe(true);
      expect(conversations(lab.tap.ring.all())).toHaveLength(seen.length);
    }, 5_000);
  });

  it.each([['polling'], ['websocket']] as const)('works with %s alone', async (transport) => {
    const { port, openLab } = await startFront();
    const client = startClient(port, openLab([transport]), [transport]);
    expect(await client.emitWithAck('echo', 'ä €')).toBe('ä €');
    expect(client.io.engine.transport.name).toBe(transport);
  });
});

describe('a head that arrives in pieces', () => {
  it('is in the tap in the same pieces, also after another request', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, shows } = startRaw(port);
    const request = get(handshakeTarget(lab));
    const unknown = get(`/lab/${lab.id}/main/none`);
    socket.write(request + unknown.slice(0, 30));
    await shows('"sid"');
    socket.write(unknown.slice(30));
    await shows('404 Not Found');
    const up = lab.tap.ring
      .all()
      .flatMap((record) => (record.kind === 'chunk' && record.direction === 'up' ? [record] : []));
    const texts = up.map(({ bytes }) => Buffer.from(bytes).toString());
    expect(texts).toEqual([request, unknown.slice(0, 30), unknown.slice(30)]);
  });
});

describe('two labs', () => {
  it.each([['polling'], ['websocket']] as const)(
    'never see bytes of each other (%s)',
    async (by) => {
      const { port, openLab } = await startFront();
      const [a, b] = [openLab(), openLab()];
      const [ofA, ofB] = [startClient(port, a, [by]), startClient(port, b, [by])];
      for (let i = 0; i < 20; i++) {
        const said = [
          ofA.emitWithAck('echo', `only A ${i}`),
          ofB.emitWithAck('echo', `only B ${i}`),
        ];
        expect(await Promise.all(said)).toEqual([`only A ${i}`, `only B ${i}`]);
      }
      expect(tapOf(a)).toContain('only A 19');
      expect(tapOf(b)).toContain('only B 19');
      for (const other of ['only B', b.id]) expect(tapOf(a)).not.toContain(other);
      for (const other of ['only A', a.id]) expect(tapOf(b)).not.toContain(other);
    },
  );

  it('on one kept-alive connection: the second is sent elsewhere, unseen by the first', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const { socket, closed, shows } = startRaw(port);
    socket.write(get(handshakeTarget(a)));
    await shows('"sid"');
    const before = tapOf(a);
    socket.write(get(handshakeTarget(b)));
    const text = await closed;
    expect(text).toMatch(/HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text.slice(text.indexOf('HTTP/1.1 408'))).toContain('\r\nConnection: close\r\n');
    expect(tapOf(a)).toBe(before);
    expect(tapOf(b)).toBe('');
    expect(before.split('|')[0]).toBe(get(handshakeTarget(a)));
  });

  it('asked for in one piece: no byte of the second reaches the first', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const { socket, closed } = startRaw(port);
    socket.write(get(handshakeTarget(a)) + get(handshakeTarget(b)));
    expect(await closed).toContain('HTTP/1.1 408');
    expect(tapOf(a).split('|')[0]).toBe(get(handshakeTarget(a)));
    expect(tapOf(b)).toBe('');
  });
});

describe('what no lab is asked', () => {
  it.each([
    ['an unknown lab', '/lab/aaaaaaaaaa/main/', '404 Not Found', 'labs/gone'],
    ['no lab at all', '/', '404 Not Found', 'labs/gone'],
  ])('%s', async (_, target, status, code) => {
    const { port } = await startFront();
    const { socket, closed } = startRaw(port);
    socket.write(get(target));
    const text = await closed;
    expect(text).toContain(`HTTP/1.1 ${status}\r\n`);
    expect(text).toContain(code);
  });

  it('an unknown lane of a lab', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, closed } = startRaw(port);
    socket.write(get(`/lab/${lab.id}/other/socket.io/`));
    expect(await closed).toContain('HTTP/1.1 404 Not Found\r\n');
    expect(tapOf(lab)).toBe('');
  });

  it('a request that reads in two ways', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, closed } = startRaw(port);
    socket.write(get(handshakeTarget(lab)).replace('\r\n\r\n', '\r\nContent-Length : 5\r\n\r\n'));
    expect(await closed).toContain('HTTP/1.1 400 Bad Request\r\n');
    expect(tapOf(lab)).toBe('');
  });

  it('a lab that has all its connections', async () => {
    const { port, openLab } = await startFront(false, { ...LAB_LIMITS, connectionsPerLab: 1 });
    const lab = openLab();
    const [first, second] = [startRaw(port), startRaw(port)];
    first.socket.write(get(handshakeTarget(lab)));
    await first.shows('"sid"');
    second.socket.write(get(handshakeTarget(lab)));
    expect(await second.closed).toContain('HTTP/1.1 503 Service Unavailable\r\n');
  });
});

describe('on the port of the app', () => {
  it.each([[1], [7], [1_000]])('the app gets what is not a lab, in pieces of %i', async (size) => {
    const { port, openLab } = await startFront(true);
    const { socket, shows } = startRaw(port);
    const post = 'POST /here HTTP/1.1\r\nHost: app\r\nContent-Length: 4\r\n\r\nbody';
    socket.setNoDelay(true);
    for (let at = 0; at < post.length; at += size) {
      await new Promise((written) => socket.write(post.slice(at, at + size), written));
    }
    await shows('app POST /here body');
    socket.write(get('/there'));
    await shows('app GET /there');
    const client = startClient(port, openLab());
    expect(await client.emitWithAck('hello', 'Ada')).toBe('Hello, Ada');
  });

  it('a lab connection that then asks the app is sent elsewhere', async () => {
    const { port, openLab } = await startFront(true);
    const { socket, closed, shows } = startRaw(port);
    socket.write(get(handshakeTarget(openLab())));
    await shows('"sid"');
    socket.write(get('/there'));
    const text = await closed;
    expect(text).toContain('HTTP/1.1 408');
    expect(text).not.toContain('app GET');
  });
});
