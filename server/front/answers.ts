// The few answers that the front gives itself, where no lab is asked.

import type { Socket } from 'node:net';
import type { Bytes } from '../../src/lib/bytes.ts';

type Status =
  | '400 Bad Request'
  | '404 Not Found'
  | '408 Request Timeout'
  | '421 Misdirected Request'
  | '503 Service Unavailable';

export interface Answer {
  readonly status: Status;
  readonly code: string;
  readonly message: string;
}

export const NO_LAB: Answer = {
  status: '404 Not Found',
  code: 'labs/gone',
  message: 'There is no such lab, or it was taken down.',
};

export const LAB_FULL: Answer = {
  status: '503 Service Unavailable',
  code: 'labs/connections',
  message: 'This lab has too many connections open.',
};

export const TOO_SLOW: Answer = {
  status: '408 Request Timeout',
  code: 'front/too-slow',
  message: 'The head of this request did not arrive in time.',
};

export const TOO_MANY: Answer = {
  status: '503 Service Unavailable',
  code: 'front/too-many',
  message:
    'Too many connections are open on which nothing was asked for yet. Try again in a moment.',
};

export const unreadable = (why: string): Answer => ({
  status: '400 Bad Request',
  code: 'front/bad-request',
  message: `This request cannot be read in one way only: ${why}.`,
});

export const NOT_YOURS: Answer = {
  status: '421 Misdirected Request',
  code: 'front/elsewhere',
  message:
    'This client speaks to the lab of its learner only, and this request is for another place.',
};

/** Answers and ends the connection. The page may read it: labs are on another origin. Returns what was said. */
export function answer(socket: Socket, { status, code, message }: Answer): Bytes {
  const body = JSON.stringify({ code, message });
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Access-Control-Allow-Origin: *',
    'Cache-Control: no-store',
    'Connection: close',
  ].join('\r\n');
  const said = Buffer.from(`${head}\r\n\r\n${body}`);
  socket.end(said);
  return said;
}

/**
 * Makes the browser say its request again on another connection, without the page noticing. A
 * request that comes on a reused connection and is answered 408 with `Connection: close` may be
 * repeated on a new one (RFC 9110 §15.5.9), and browsers do that by themselves, for POST too,
 * because the server says that it did not take the request.
 */
export function sendElsewhere(socket: Socket): Bytes {
  const said = Buffer.from(
    'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  );
  socket.end(said);
  return said;
}
