// A reverse proxy as people run them: HTTP/1.1 to the server, connections to it kept and used again
// for whatever request comes next. For tests only.

import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** RFC 9110 §7.6.1: of one connection only. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];

export interface ReverseProxy {
  readonly origin: string;
  /** Every status that the server answered with. */
  readonly statuses: number[];
  /** Which targets went over each connection to the server. */
  readonly targets: ReadonlyMap<Duplex, readonly string[]>;
  close(): Promise<void>;
}

/** Forwards everything on a free port to `port`; `mark` is how the proxy makes itself known. */
export async function startReverseProxy(
  port: number,
  mark: IncomingHttpHeaders = { via: '1.1 proxy' },
): Promise<ReverseProxy> {
  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  const targets = new Map<Duplex, string[]>();

  function forward({ method, url, headers }: IncomingMessage, hop: IncomingHttpHeaders) {
    const options = { host: '127.0.0.1', port, method, path: url, agent };
    const upstream = request({ ...options, headers: { ...endToEnd(headers), ...hop, ...mark } });
    upstream.once('socket', (socket) =>
      targets.set(socket, [...(targets.get(socket) ?? []), url ?? '']),
    );
    return upstream;
  }

  const server = createServer((req, res) => {
    const coding = req.headers['transfer-encoding'];
    const upstream = forward(req, coding === undefined ? {} : { 'transfer-encoding': coding });
    upstream.on('response', (answer) => {
      statuses.push(answer.statusCode ?? 0);
      res.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      answer.pipe(res);
    });
    upstream.on('error', () => res.destroy());
    res.on('close', () => upstream.destroy());
    req.pipe(upstream);
  });
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    const upstream = forward(req, { connection: 'upgrade' });
    upstream.on('upgrade', (answer, to: Duplex, head: Buffer) => {
      statuses.push(answer.statusCode ?? 0);
      socket.write(headOf(answer));
      socket.write(head);
      to.pipe(socket).pipe(to);
      for (const [one, other] of [
        [socket, to],
        [to, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    upstream.on('response', ({ statusCode = 0 }) => {
      statuses.push(statusCode);
      socket.destroy();
    });
    upstream.on('error', () => socket.destroy());
    upstream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    statuses,
    targets,
    close: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : [],
  );
  return `${[`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines].join('\r\n')}\r\n\r\n`;
}
