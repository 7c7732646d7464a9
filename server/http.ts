// The app's own HTTP: health, the API, recorded captures, and the built pages. Knows no socket.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import sirv from 'sirv';

/** Answers a request, or says `false` and leaves it untouched. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => boolean;

interface Options {
  /** Folder of the built pages; absent in development, where `pages` answers. */
  readonly webFolder: string;
  readonly capturesFolder: string;
  readonly handlers: readonly Handler[];
  /** Sources that the page may connect to besides its own origin. */
  readonly labSources: readonly string[];
  /** Vite's middleware in development. */
  readonly pages?: (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
}

/** One listener for everything the app's port answers. */
export function createHttp(options: Options): RequestListener {
  const pages = options.pages ?? builtPages(options.webFolder, options.labSources);
  const captures = sirv(options.capturesFolder, { dev: true, extensions: [] });
  return (req, res) => {
    if (options.handlers.some((handler) => handler(req, res))) return;
    const path = (req.url ?? '').split('?')[0] ?? '';
    if (path.startsWith('/lab/')) return elsewhere(res);
    if (path.startsWith('/api/')) return notFound(res);
    if (path.startsWith('/captures/')) {
      req.url = path.slice('/captures'.length);
      return captures(req, res, () => notFound(res));
    }
    pages(req, res, () => notFound(res));
  };
}

/** `GET /healthz`: 200 once it can serve. */
export const health: Handler = (req, res) => {
  if (req.url !== '/healthz') return false;
  json(res, 200, { status: 'ok' });
  return true;
};

export function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
}

/**
 * Where labs share this port, a browser may ask for one on a connection that began with the app. As in
 * the front, 408 with `Connection: close` makes it repeat the request on another (RFC 9110 §15.5.9).
 */
function elsewhere(res: ServerResponse): void {
  res.writeHead(408, { connection: 'close', 'content-length': 0 });
  res.end();
}

const notFound = (res: ServerResponse): void =>
  json(res, 404, { code: 'not-found', message: 'There is nothing at this address.' });

function builtPages(folder: string, labSources: readonly string[]) {
  const policy = contentSecurityPolicy(labSources);
  return sirv(folder, {
    single: true,
    brotli: true,
    gzip: true,
    setHeaders(res, path) {
      const isHashed = path.startsWith('/assets/');
      res.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      res.setHeader('content-security-policy', policy);
      res.setHeader('x-content-type-options', 'nosniff');
      res.setHeader('referrer-policy', 'no-referrer');
    },
  });
}

/** Scripts only from here; styles may be inline, since motion writes them; connections to the labs. */
const contentSecurityPolicy = (labSources: readonly string[]): string =>
  [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ws: wss: ${labSources.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
