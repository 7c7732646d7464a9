// `POST /api/classes`: starts a class without a page, for scripts.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handler, json } from '../http.ts';
import type { Classroom } from './classroom.ts';

const PATH = '/api/classes';
const MAX_BODY = 1_024;

/** Status by refusal; everything else would be a bug of ours. */
const STATUS: Readonly<Record<string, number>> = {
  'class/too-many-classes': 429,
  'class/no-code': 503,
};

/** The body is empty or an empty JSON object. Answers 201 with `{ code, key }`. */
export function classHandler(classroom: Classroom, onBug: (error: unknown) => void): Handler {
  return (req, res) => {
    if ((req.url ?? '').split('?')[0] !== PATH) return false;
    if (req.method !== 'POST') {
      res.setHeader('allow', 'POST');
      refuse(res, 405, { code: 'method-not-allowed', message: 'Use POST: it starts a class.' });
      return true;
    }
    receive(req)
      .then(
        (body) => answer(classroom, body, req, res),
        // The request broke off, and with it whoever would read an answer.
        () => res.destroy(),
      )
      .catch((error: unknown) => {
        onBug(error);
        const message = 'The server failed on this request. Try again.';
        refuse(res, 500, { code: 'internal', message });
      });
    return true;
  };
}

function answer(
  classroom: Classroom,
  body: string | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  if (body === undefined) {
    res.setHeader('connection', 'close');
    const message = `Send at most ${MAX_BODY} bytes, or nothing at all.`;
    refuse(res, 413, { code: 'too-large', message });
    return;
  }
  if (!isEmptyObject(body)) {
    const message = 'Send no body, or an empty JSON object.';
    refuse(res, 400, { code: 'bad-request', message });
    return;
  }
  const created = classroom.create(req.socket.remoteAddress ?? '');
  if (created.ok) {
    res.setHeader('location', `/class/${created.value.code}`);
    json(res, 201, created.value);
    return;
  }
  const status = STATUS[created.code] ?? 500;
  if (status === 429) res.setHeader('retry-after', '3600');
  const { code, message } = created;
  refuse(res, status, { code, message });
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

const refuse = (res: ServerResponse, status: number, refusal: Refusal): void =>
  json(res, status, refusal);

/** Nothing where it is larger than the bound; the rest is read and thrown away. */
function receive(req: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY) resolve(undefined);
      else chunks.push(chunk);
    });
    req.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    req.once('error', reject);
  });
}

function isEmptyObject(body: string): boolean {
  if (body.trim() === '') return true;
  try {
    const value: unknown = JSON.parse(body);
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length === 0
    );
  } catch {
    return false;
  }
}
