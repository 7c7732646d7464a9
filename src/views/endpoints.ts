// The names of the endpoints and their ports, as every view writes them. Draws nothing.

import type { Capture, Connection } from '../capture/capture.ts';
import { isStartedByServer } from '../capture/clients.ts';

/** `port 53412`, or how many there are; empty before the first connection. */
export function clientPorts(connections: readonly Connection[]): string {
  const [only] = connections;
  if (!only) return '';
  return connections.length === 1 ? `port ${only.client.port}` : `${connections.length} ports`;
}

/** Who is at the client's end: the learner's browser, unless the server started that client. */
export function clientName(capture: Capture): 'Your browser' | 'Client on the server' {
  const [first] = capture.connections;
  return first && isStartedByServer(capture, first) ? 'Client on the server' : 'Your browser';
}
