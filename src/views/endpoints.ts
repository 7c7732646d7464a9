// The names of the endpoints' ports, as every view writes them. Draws nothing.

import type { Connection } from '../capture/capture.ts';

/** `port 53412`, or how many there are; empty before the first connection. */
export function clientPorts(connections: readonly Connection[]): string {
  const [only] = connections;
  if (!only) return '';
  return connections.length === 1 ? `port ${only.client.port}` : `${connections.length} ports`;
}
