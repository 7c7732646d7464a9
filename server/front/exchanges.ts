// What Node's HTTP servers say about the exchanges on connections that the front gave them: when an
// answer is complete, and that a proxy may not keep the connection. Changes no byte of its own.

import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Duplex;
}

/** Everything the front gave to a server, with whoever wants to hear of complete answers. */
const given = new WeakMap<Duplex, () => void>();

/** Must be called before the server gets the connection. */
export function followExchanges(connection: Duplex, onAnswered: () => void = () => undefined) {
  given.set(connection, onAnswered);
}

/**
 * A proxy keeps a connection for whatever request comes next, of any browser, and hands our 408 on
 * where a browser would repeat its request. So what came through a proxy ends its connection.
 */
subscribe('http.server.request.start', (message) => {
  const { request, response, socket } = message as Exchange;
  if (given.has(socket) && isForwarded(request)) response.setHeader('connection', 'close');
});

/** The last byte of the answer was written. */
subscribe('http.server.response.finish', (message) => {
  given.get((message as Exchange).socket)?.();
});

/** RFC 9110 §7.6.3, RFC 7239, and what came before it. */
const isForwarded = ({ headers }: IncomingMessage): boolean =>
  ['via', 'forwarded', 'x-forwarded-for'].some((name) => headers[name] !== undefined);
