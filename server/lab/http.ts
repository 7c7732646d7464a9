// Captures over HTTP: the export of one's own lab, and what was published for everybody.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { writePcapng } from '../../src/capture/pcapng.ts';
import { type Handler, json } from '../http.ts';
import type { Labs } from './labs.ts';
import type { Published } from './published.ts';

const EXPORT = /^\/api\/labs\/([a-z0-9]{10})\/capture\.pcapng$/;
const PUBLISHED = /^\/api\/captures\/([0-9a-f]{64})$/;

/** `GET /api/labs/:lab/capture.pcapng` with `Authorization: Bearer TOKEN`, and `GET /api/captures/:hash`. */
export function captureHandler(labs: Labs, published: Published): Handler {
  return (req, res) => {
    const path = (req.url ?? '').split('?')[0] ?? '';
    const lab = EXPORT.exec(path)?.[1];
    const hash = PUBLISHED.exec(path)?.[1];
    if (req.method !== 'GET' || (lab === undefined && hash === undefined)) return false;
    if (lab !== undefined) sendExport(labs, lab, req, res);
    else if (hash !== undefined) void sendPublished(published, hash, res);
    return true;
  };
}

function sendExport(labs: Labs, id: string, req: IncomingMessage, res: ServerResponse): void {
  const token = /^Bearer ([0-9a-f]{64})$/.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    json(res, 401, {
      code: 'labs/token-needed',
      message: 'Only the browser that opened this lab can export it.',
    });
    return;
  }
  const owned = labs.owned(id, token);
  if (!owned.ok) {
    json(res, owned.code === 'labs/gone' ? 404 : 403, { code: owned.code, message: owned.message });
    return;
  }
  const name = `attachment; filename="wirelight-${id}.pcapng"`;
  send(res, writePcapng(owned.value.tap.ring.all()), {
    'content-disposition': name,
    'cache-control': 'no-store',
  });
}

async function sendPublished(
  published: Published,
  hash: string,
  res: ServerResponse,
): Promise<void> {
  const bytes = await published.read(hash);
  if (bytes) send(res, bytes, { 'cache-control': 'public, max-age=31536000, immutable' });
  else
    json(res, 404, {
      code: 'labs/no-such-capture',
      message: 'No capture was published under this name.',
    });
}

function send(res: ServerResponse, bytes: Uint8Array, headers: Record<string, string>): void {
  res.writeHead(200, {
    'content-type': 'application/x-pcapng',
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  res.end(bytes);
}
