// The same news in the ways that a browser can hear them: asked for again and again, waited for in one
// request, as a stream of events, over a bare WebSocket, and over Socket.IO.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { constants, createGzip, gzipSync } from 'node:zlib';
import type { Exercise, LaneContext, Settings } from './exercise.ts';
import { joinSource, type NewsItem, type NewsPlan } from './news-source.ts';

/** How long a long poll hangs before it is answered with nothing. */
const HOLD_MS = 20_000;
const MOST_LISTENERS = 8;

const within = (value: unknown, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(Number(value)) || least));

const planOf = ({ count, everyMs, size, burst }: Settings): NewsPlan => ({
  count: within(count, 1, 100),
  everyMs: within(everyMs, 20, 10_000),
  size: within(size, 8, 2_000),
  burst: within(burst, 1, 20),
});

/** The number of the last item that the client has. */
const lastOf = (text: string | null | undefined): number => within(text ?? 0, 0, 1_000_000);

/** Who waits for the next item, and what happened so far. */
class Desk {
  readonly items: NewsItem[] = [];
  readonly waiting = new Set<(item: NewsItem | undefined) => void>();

  after(id: number): readonly NewsItem[] {
    return this.items.slice(id);
  }

  tell(item: NewsItem | undefined): void {
    for (const listener of [...this.waiting]) listener(item);
  }
}

/** The client can undo gzip, and the learner wants bodies compressed (RFC 9110 §12.5.3). */
const takesGzip = ({ isCompressed }: LaneContext, { headers }: IncomingMessage): boolean =>
  isCompressed && /(^|,)\s*gzip\s*(,|$)/i.test(String(headers['accept-encoding'] ?? ''));

function answer(res: ServerResponse, items: readonly NewsItem[], isZipped: boolean): true {
  const text = JSON.stringify(items);
  const body = isZipped ? gzipSync(text) : Buffer.from(text);
  res.writeHead(200, {
    'content-type': 'application/json',
    ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  res.end(body);
  return true;
}

/** Answered at once where there is news, else when there is some. */
function hang(
  lane: LaneContext,
  desk: Desk,
  res: ServerResponse,
  { last, isZipped }: { readonly last: number; readonly isZipped: boolean },
): true {
  const now = desk.after(last);
  if (now.length > 0 || desk.waiting.size >= MOST_LISTENERS) return answer(res, now, isZipped);
  const done = (): void => {
    desk.waiting.delete(done);
    cancel();
    if (!res.writableEnded && !res.destroyed) answer(res, desk.after(last), isZipped);
  };
  const cancel = lane.after(HOLD_MS, done);
  desk.waiting.add(done);
  res.once('close', () => {
    desk.waiting.delete(done);
    cancel();
  });
  return true;
}

const asEvent = ({ id, text }: NewsItem): string => `id: ${id}\nevent: news\ndata: ${text}\n\n`;

function stream(desk: Desk, req: IncomingMessage, res: ServerResponse, isZipped: boolean): true {
  res.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
  });
  res.flushHeaders();
  // Flushed after each event, or it would wait in the compressor for the next ones.
  const zip = isZipped ? createGzip({ flush: constants.Z_SYNC_FLUSH }) : undefined;
  zip?.pipe(res);
  const out = zip ?? res;
  for (const item of desk.after(lastOf(String(req.headers['last-event-id'] ?? 0)))) {
    out.write(asEvent(item));
  }
  const tell = (item: NewsItem | undefined): void => {
    // Without an id a client would think it has everything; the last words carry no news.
    if (item) out.write(asEvent(item));
    else out.end('event: end\ndata: done\n\n');
  };
  if (desk.waiting.size < MOST_LISTENERS) desk.waiting.add(tell);
  res.once('close', () => {
    desk.waiting.delete(tell);
    zip?.destroy();
  });
  return true;
}

/** The part of the class `Server` of the package ws that is used here. */
interface Sockets {
  handleUpgrade(
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    ready: (socket: Socket) => void,
  ): void;
}
interface Socket {
  send(text: string): void;
  close(code: number): void;
  once(event: 'close', run: () => void): void;
  on(event: 'error', run: () => void): void;
}
type MakeSockets = new (options: object) => Sockets;

/** A bare WebSocket with the implementation that Socket.IO itself uses. */
function serveSockets({ io, path, isCompressed }: LaneContext, desk: Desk): void {
  const Make = (io.engine as unknown as { opts: { wsEngine: MakeSockets } }).opts.wsEngine;
  const sockets = new Make({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: isCompressed ? { threshold: 0 } : false,
    maxPayload: 1_000,
  });
  io.httpServer.on('upgrade', (req: IncomingMessage, connection: Duplex, head: Buffer) => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://lab');
    if (pathname !== `${path}socket` || desk.waiting.size >= MOST_LISTENERS) return;
    sockets.handleUpgrade(req, connection, head, (socket) => {
      socket.on('error', () => undefined);
      for (const item of desk.after(lastOf(searchParams.get('after')))) {
        socket.send(JSON.stringify(item));
      }
      const tell = (item: NewsItem | undefined): void => {
        if (item) socket.send(JSON.stringify(item));
        else socket.close(1000);
      };
      desk.waiting.add(tell);
      socket.once('close', () => desk.waiting.delete(tell));
    });
  });
}

export const news: Exercise = {
  name: 'news',
  attach(lane) {
    const desk = new Desk();
    const { source, leave } = joinSource(lane.path, {
      announce: ({ id }) => lane.note('emitted', `n${id}`),
      publish(item) {
        desk.items.push(item);
        desk.tell(item);
        lane.io.emit('news', item);
      },
      finish: () => desk.tell(undefined),
    });
    lane.onOrder('start', (settings) => source.start(planOf(settings), lane.after));
    lane.onOrder('finish', () => source.finish());
    lane.onEnd(leave);
    serveSockets(lane, desk);
    lane.onRequest((req, res) => {
      const { pathname, searchParams } = new URL(req.url ?? '', 'http://lab');
      const last = lastOf(searchParams.get('after'));
      const isZipped = takesGzip(lane, req);
      if (pathname === `${lane.path}poll`) return answer(res, desk.after(last), isZipped);
      if (pathname === `${lane.path}long`) return hang(lane, desk, res, { last, isZipped });
      if (pathname === `${lane.path}events`) return stream(desk, req, res, isZipped);
      return false;
    });
  },
};
