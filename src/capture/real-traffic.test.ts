// What a real Socket.IO client and server say, read by the analyzer.

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldValue, type Layer } from '../wire/layer.ts';
import { createAnalyzer } from './analyzer.ts';
import type { Capture, Frame, LayerRef } from './capture.ts';
import { type RecordingProxy, startRecordingProxy } from './testing/recording-proxy.ts';
import { unexplained } from './unexplained.ts';

const PATH = '/lab/k3v9/main/socket.io';

type Transports = ('polling' | 'websocket')[];

interface Lab {
  readonly http: HttpServer;
  readonly app: Server;
  readonly proxy: RecordingProxy;
}

async function startLab(): Promise<Lab> {
  const http = createServer();
  const app = new Server(http, {
    path: PATH,
    pingInterval: 60,
    pingTimeout: 5000,
    connectionStateRecovery: {},
    cors: { origin: true },
  });
  app.on('connection', (socket) => {
    socket.on('question', (number: number, reply: (answer: number) => void) => reply(number * 2));
    socket.on('photo', (photo: Uint8Array, reply: (back: Uint8Array) => void) => {
      socket.emit('copy', { of: photo, and: Uint8Array.of(9) });
      reply(photo);
    });
    socket.on('tell me', () => socket.emit('news', 'ä €', { long: 'x'.repeat(3000) }));
  });
  app.of('/room').on('connection', (socket) => socket.emit('welcome', [1, null]));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await startRecordingProxy((http.address() as AddressInfo).port);
  return { http, app, proxy };
}

const once = (socket: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => socket.once(event, resolve));

/** Everything a lesson does, over these transports. */
async function converse({ proxy }: Lab, transports: Transports): Promise<void> {
  const url = `http://127.0.0.1:${proxy.port}`;
  const socket = io(url, { path: PATH, transports, forceNew: true, reconnection: false });
  await once(socket, 'connect');
  if (transports.length === 2 && socket.io.engine.transport.name !== 'websocket') {
    await new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
  }
  const pinged = new Promise<void>((resolve) => socket.io.engine.once('ping', resolve));
  expect(await socket.emitWithAck('question', 21)).toBe(42);
  const copied = once(socket, 'copy');
  await socket.emitWithAck(
    'photo',
    Uint8Array.from({ length: 300 }, (_, i) => i & 255),
  );
  await copied;
  const told = once(socket, 'news');
  socket.emit('tell me');
  await told;
  await pinged;
  const room = io(`${url}/room`, { path: PATH, transports, forceNew: false, reconnection: false });
  await once(room, 'welcome');
  const refused = io(`${url}/nowhere`, { path: PATH, transports, reconnection: false });
  await once(refused, 'connect_error');
  await fetch(`${url}${PATH}/socket.io.js`).then((answer) => answer.text());
  const bad = await fetch(`${url}${PATH}/?EIO=4&transport=polling&sid=unknown`);
  expect(bad.status).toBe(400);
  room.disconnect();
  refused.disconnect();
  const closed = new Promise((resolve) => socket.io.engine.once('close', resolve));
  socket.disconnect();
  socket.io.engine.close();
  await closed;
}

async function captureOf(transports: Transports): Promise<Capture> {
  const lab = await startLab();
  await converse(lab, transports);
  await lab.app.close();
  await lab.proxy.close();
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of lab.proxy.records) analyzer.push(record);
  return analyzer.capture();
}

const layersOf = (frames: readonly Frame[]): Layer[] => frames.flatMap(({ layers }) => layers);
const textOf = (frame: Frame, { source, range }: Layer): string =>
  new TextDecoder().decode(frame.sources[source]?.bytes.subarray(...range));
const packetsOf = (frames: readonly Frame[]): string[] =>
  frames.flatMap((frame) =>
    frame.layers
      .filter(({ protocol }) => protocol === 'engineio')
      .map((layer) => `${frame.direction} ${textOf(frame, layer).replace('\x1e', '')}`),
  );

describe.each<{ name: string; transports: Transports }>([
  { name: 'polling, then WebSocket', transports: ['polling', 'websocket'] },
  { name: 'WebSocket only', transports: ['websocket'] },
  { name: 'polling only', transports: ['polling'] },
])('$name', ({ transports }) => {
  let capture: Capture;
  beforeAll(async () => {
    capture = await captureOf(transports);
  });

  const layerAt = ({ frame, layer }: LayerRef): Layer | undefined =>
    capture.frames[frame]?.layers[layer];

  it('explains every byte and finds nothing wrong', () => {
    for (const frame of capture.frames) {
      expect({ frame: frame.layers[0]?.summary, holes: unexplained(frame) }).toMatchObject({
        holes: [],
      });
      for (const { problems, summary } of frame.layers)
        expect({ summary, problems }).toMatchObject({ problems: [] });
    }
  });

  it('reads handshake, connect, events and heartbeat in their order', () => {
    const packets = packetsOf(capture.frames);
    const at = (start: string): number => packets.findIndex((packet) => packet.startsWith(start));
    const order = ['down 0{', 'up 40', 'down 40{', 'up 420["question",21]', 'down 430[42]'].map(at);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(at('down 2')).toBeGreaterThan(-1);
    expect(at('up 3')).toBeGreaterThan(at('down 2'));
  });

  it('pairs each event that asks with its acknowledgement', () => {
    const acks = capture.pairs.filter(({ kind }) => kind === 'event-ack');
    const names = acks.map(({ from, to }) => [layerAt(from)?.summary, layerAt(to)?.summary]);
    expect(names).toEqual([
      ['event "question" id 0', 'ack id 0'],
      ['event "photo" id 1', 'binary ack id 1'],
    ]);
  });

  it('pairs pings with pongs and requests with responses', () => {
    const kinds = capture.pairs.map(({ kind, from, to }) => {
      expect(to.frame).toBeGreaterThan(from.frame);
      return kind;
    });
    expect(kinds).toContain('ping-pong');
    const codes = layersOf(capture.frames).filter((layer) =>
      fieldValue(layer, 'http.response.code'),
    );
    const answered = kinds.filter((kind) => kind === 'request-response').length;
    expect(answered).toBe(codes.length);
    expect(answered).toBeGreaterThan(2);
  });

  it('shows attachments, the recovery offset and the private id', () => {
    const layers = layersOf(capture.frames);
    const summaries = layers.map(({ summary }) => summary);
    expect(summaries).toContain('attachment 1 of 1, 300 bytes');
    expect(summaries).toContain('attachment 2 of 2, 1 byte');
    const news = layers.find(({ summary }) => summary === 'event "news"');
    const question = layers.find(({ summary }) => summary === 'event "question" id 0');
    expect(news && fieldValue(news, 'socketio.offset')).toBeTypeOf('string');
    expect(question && fieldValue(question, 'socketio.offset')).toBeUndefined();
    expect(layers.some((layer) => fieldValue(layer, 'socketio.pid'))).toBe(true);
    expect(
      layers.some((layer) => fieldValue(layer, 'engineio.error.message') === 'Session ID unknown'),
    ).toBe(true);
  });

  it('knows what each connection was for', () => {
    const roles = new Set(capture.connections.map(({ role }) => role));
    expect(roles.has('websocket')).toBe(transports.includes('websocket'));
    expect(roles.has('polling')).toBe(true);
    const { sid } = capture.connections[0] ?? {};
    expect(sid).toMatch(/^[\w-]{20}$/);
    expect(capture.connections.every(({ closed }) => closed)).toBe(true);
  });

  it('finds the upgrade where there is one', () => {
    const packets = packetsOf(capture.frames);
    const upgrade = ['up 2probe', 'down 3probe', 'up 5'].map((packet) => packets.indexOf(packet));
    const isUpgraded = transports.length === 2;
    expect(upgrade.every((at) => at >= 0)).toBe(isUpgraded);
    if (isUpgraded) expect(upgrade).toEqual(upgrade.toSorted((a, b) => a - b));
  });
});
