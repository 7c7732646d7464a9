// The few answers that the front gives itself, where no lab is asked.

import type { Socket } from 'node:net';

type Status =
  | '400 Bad Request'
  | '404 Not Found'
  | '408 Request Timeout'
  | '503 Service Unavailable';

export interface Answer {
  readonly status: Status;
  readonly code: string;
  readonly message: string;
}

/** Answers and ends the connection. The page may read it: labs are on another origin. */
export function answer(socket: Socket, { status, code, message }: Answer): void {
  const body = JSON.stringify({ code, message });
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Access-Control-Allow-Origin: *',
    'Cache-Control: no-store',
    'Connection: close',
  ].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`);
}

/**
 * Makes the browser say its request again on another connection, without the page noticing. A
 * request that comes on a reused connection and is answered 408 with `Connection: close` may be
 * repeated on a new one (RFC 9110 §15.5.9), and browsers do that by themselves, for POST too,
 * because the server says that it did not take the request.
 */
export function sendElsewhere(socket: Socket): void {
  const head = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
  socket.end(head);
}
