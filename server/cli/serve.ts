// `wirelight serve`: puts the parts together and listens. The parts know nothing of each other.

import { existsSync, mkdirSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { Server as SocketServer } from 'socket.io';
import type { OpenedLab } from '../../src/contract/labs.ts';
import { Classroom } from '../classroom/classroom.ts';
import { classHandler } from '../classroom/http.ts';
import { openSqliteLog } from '../classroom/log/sqlite.ts';
import { serveClasses } from '../classroom/serve.ts';
import { createFront } from '../front/front.ts';
import { createHttp, health } from '../http.ts';
import { KernelRuns, tidyUp } from '../kernel/runs.ts';
import { serveKernel } from '../kernel/serve.ts';
import { serveDriving } from '../lab/drive.ts';
import { captureHandler } from '../lab/http.ts';
import { Labs } from '../lab/labs.ts';
import { PacketWatch } from '../lab/packet-watch.ts';
import { Published } from '../lab/published.ts';
import { serveLabs } from '../lab/serve.ts';
import { TextClients } from '../lab/text-clients.ts';
import { callable, isAnyAddress, isLoopback, lanAddresses } from '../network.ts';
import { parseServe, type Settings } from '../settings.ts';

interface Io {
  out(line: string): void;
  err(line: string): void;
  readonly isDevelopment: boolean;
}

/** Resolves with an exit status where it could not start; with nothing once it serves. */
export async function serve(args: readonly string[], io: Io): Promise<number | undefined> {
  const parsed = parseServe(args);
  if (!parsed.ok) {
    io.err(`wirelight serve: ${parsed.message}`);
    return 2;
  }
  try {
    await start(parsed.settings, io);
    return undefined;
  } catch (error) {
    io.err(`wirelight serve: ${sentence(error)}`);
    return 1;
  }
}

async function start(settings: Settings, io: Io): Promise<void> {
  const root = rootFolder();
  const data = resolve(settings.data);
  mkdirSync(data, { recursive: true });
  const log = pino({ level: io.isDevelopment ? 'info' : 'warn' });
  const onBug = (error: unknown): void =>
    log.error({ error: String(error), stack: (error as Error).stack });
  const labs = new Labs();
  const published = new Published(join(data, 'captures'));
  const classes = openSqliteLog(join(data, 'classes.sqlite'));
  const classroom = new Classroom(classes);

  const http = createHttpServer();
  const isProxied = settings.labUrl !== undefined;
  const texts: TextClients = new TextClients(() => ({
    port: portOf(labServer ?? app),
    host: callable(settings.host),
  }));
  const options = { isProxied, started: texts };
  const app = settings.labPort === 'same' ? fronted(createFront(labs, http, options)) : http;
  const labServer: TcpServer | undefined =
    settings.labPort === 'same' ? undefined : fronted(createFront(labs, undefined, options));
  await listen(app, settings.port, settings.host);
  if (labServer) await listen(labServer, Number(settings.labPort), settings.host);
  const at = (): OpenedLab['at'] => whereLabsAre(settings, labServer);

  const labSources = settings.labUrl
    ? [settings.labUrl]
    : labServer
      ? [`http://*:${portOf(labServer)}`, `https://*:${portOf(labServer)}`]
      : [];
  const pages = io.isDevelopment ? await developmentPages(root, http) : undefined;
  http.on(
    'request',
    createHttp({
      webFolder: join(root, 'dist/web'),
      capturesFolder: join(root, 'content/captures'),
      handlers: [health, captureHandler(labs, published), classHandler(classroom, onBug)],
      labSources,
      ...(pages ? { pages } : {}),
    }),
  );
  const sockets = new SocketServer(http, { serveClient: false, maxHttpBufferSize: 100_000 });
  const packets = new PacketWatch(() => portOf(labServer ?? app));
  serveLabs(sockets, { labs, published, texts, packets, at, onBug });
  const { members } = serveClasses(sockets, { classroom, onBug });
  serveDriving(sockets, { labs, members, onBug });
  const runs = new KernelRuns();
  serveKernel(sockets, { runs, onBug });
  void tidyUp().catch(onBug);

  announce(settings, portOf(app), io);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      packets.close();
      labs.closeAll();
      void sockets.close();
      labServer?.close();
      classes.close();
      // A run on the kernel is taken down first; what that cannot remove, the next start does.
      void Promise.race([runs.close(), wait(CLOSING_MS)]).finally(() => process.exit(0));
    });
  }
}

const CLOSING_MS = 2_000;

/** With the labs on a port of their own, or on the app's. */
const fronted = (front: (socket: Socket) => void): TcpServer =>
  createTcpServer({ allowHalfOpen: true }, front);

function whereLabsAre(settings: Settings, labServer: TcpServer | undefined): OpenedLab['at'] {
  if (settings.labUrl) return { url: settings.labUrl };
  return labServer ? { port: portOf(labServer) } : 'same';
}

async function developmentPages(root: string, http: HttpServer) {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root,
    server: { middlewareMode: true, hmr: { server: http } },
  });
  return vite.middlewares;
}

/** Where the package lies, whether this runs built or from source. */
function rootFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function listen(server: TcpServer, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

const portOf = (server: TcpServer): number => (server.address() as AddressInfo).port;

function announce({ host }: Settings, port: number, { out }: Io): void {
  const name = isAnyAddress(host) ? 'localhost' : host;
  out(`Wirelight is ready: http://${name}:${port}`);
  if (isLoopback(host)) return;
  const others = isAnyAddress(host) ? lanAddresses() : [];
  for (const address of others) out(`For others on your network: http://${address}:${port}`);
}

function sentence(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use. Stop what uses it, or choose others with --port and --lab-port.`;
  }
  return code === 'EACCES' ? `port ${port} needs more rights. Choose one above 1023.` : message;
}
