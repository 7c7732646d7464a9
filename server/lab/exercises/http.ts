// A small web server: one page with an ETag, notes that can be posted, a long file, a story of unknown
// length, and 404 for the rest. It keeps nothing longer than its lab.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exercise, LaneContext } from './exercise.ts';

const MOST_BYTES = 2_000;
const MOST_NOTES = 50;
const FILE_PIECES = 5;
const PIECE = Buffer.alloc(8_000, 'All work and no play makes a long file. ');
const PIECE_EVERY_MS = 30;
const STORY = ['Once upon a time ', 'there was a request. ', 'It was answered.\n'];
const STORY_EVERY_MS = 120;

const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('hex').slice(0, 12)}"`;

function send(res: ServerResponse, status: number, text: string, headers: object = {}): true {
  const body = Buffer.from(text);
  res.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    ...headers,
  });
  res.end(body);
  return true;
}

/** The page, or 304 for whoever has it already. A HEAD gets the same head, and no body. */
function page(req: IncomingMessage, res: ServerResponse, notes: readonly string[]): true {
  const text = ['The notes so far:', ...notes, ''].join('\n');
  const etag = etagOf(text);
  const headers = { etag, 'cache-control': 'no-cache' };
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304, headers);
    res.end();
    return true;
  }
  return send(res, 200, text, headers);
}

function post(req: IncomingMessage, res: ServerResponse, path: string, notes: string[]): true {
  const pieces: Buffer[] = [];
  let size = 0;
  req.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size <= MOST_BYTES) pieces.push(piece);
  });
  req.on('end', () => {
    if (size > MOST_BYTES) return send(res, 413, 'That note is too long.\n');
    if (notes.length >= MOST_NOTES) return send(res, 403, 'There are enough notes here.\n');
    notes.push(Buffer.concat(pieces).toString('utf8'));
    return send(res, 201, 'The note was added.\n', { location: `${path}notes/${notes.length}` });
  });
  return true;
}

/** One answer, written piece by piece. */
function file(lane: LaneContext, res: ServerResponse): true {
  res.writeHead(200, {
    'content-type': 'text/plain',
    'content-length': FILE_PIECES * PIECE.length,
    'cache-control': 'no-store',
  });
  const next = (left: number): void => {
    res.write(PIECE);
    if (left > 1) lane.after(PIECE_EVERY_MS, () => next(left - 1));
    else res.end();
  };
  next(FILE_PIECES);
  return true;
}

/** Nobody says beforehand how long it is, so that it comes in chunks (RFC 9112 §7.1). */
function story(lane: LaneContext, res: ServerResponse): true {
  res.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
  const next = (i: number): void => {
    res.write(STORY[i]);
    if (i + 1 < STORY.length) lane.after(STORY_EVERY_MS, () => next(i + 1));
    else res.end();
  };
  next(0);
  return true;
}

export const http: Exercise = {
  name: 'http',
  attach(lane) {
    const notes: string[] = [];
    lane.onRequest((req, res) => {
      const { method } = req;
      const path = (req.url ?? '').split('?', 1)[0];
      const isRead = method === 'GET' || method === 'HEAD';
      if (path === `${lane.path}notes`) {
        if (isRead) return page(req, res, notes);
        if (method === 'POST') return post(req, res, lane.path, notes);
        return send(res, 405, 'Only GET, HEAD and POST here.\n', { allow: 'GET, HEAD, POST' });
      }
      if (path === `${lane.path}file` && method === 'GET') return file(lane, res);
      if (path === `${lane.path}story` && method === 'GET') return story(lane, res);
      return false;
    });
  },
};
