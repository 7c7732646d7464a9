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

interface Following {
  /** True where only a proxy can be at the other end. */
  readonly isProxied: boolean;
  /** Called when the last byte of an answer was written. */
  onAnswered?(): void;
}

/** Everything that the front gave to a server. */
const followed = new WeakMap<Duplex, Following>();

/** Must be called before the server gets the connection. */
export function followExchanges(connection: Duplex, following: Following): void {
  followed.set(connection, following);
}

/**
 * A proxy keeps a connection for whatever request comes next, of any browser, and hands our 408 on
 * where a browser would repeat its request. So what came through a proxy ends its connection.
 */
subscribe('http.server.request.start', (message) => {
  const { request, response, socket } = message as Exchange;
  const following = followed.get(socket);
  if (following?.isProxied || (following && isForwarded(request))) {
    response.setHeader('connection', 'close');
  }
});

subscribe('http.server.response.finish', (message) => {
  followed.get((message as Exchange).socket)?.onAnswered?.();
});

/** RFC 9110 §7.6.3, RFC 7239, and what came before it. */
const isForwarded = ({ headers }: IncomingMessage): boolean =>
  ['via', 'forwarded', 'x-forwarded-for'].some((name) => headers[name] !== undefined);
