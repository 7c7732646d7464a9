// Which client a connection belongs to, known from what the clients wrote down themselves. Draws
// nothing.

import type { Capture, Connection } from './capture.ts';
import type { Endpoint } from './record.ts';

/** What a client that the server started for a learner calls itself. */
export const SERVER_CLIENT = 'client on the server';

/** As such a client writes down which connection is its own: `127.0.0.1 port 53412`. */
export const describeEndpoint = ({ address, port }: Endpoint): string => `${address} port ${port}`;

/** Whether the server started the client of that connection: no browser would have said this. */
export function isStartedByServer({ notes }: Capture, { client }: Connection): boolean {
  const self = describeEndpoint(client);
  return notes.some(
    ({ who, what, detail }) => who === SERVER_CLIENT && what === 'connected' && detail === self,
  );
}

/** The client's name; `undefined` where nobody said that the connection's session is its own. */
export function clientOf(capture: Capture, connection: Connection): string | undefined {
  if (isStartedByServer(capture, connection)) return SERVER_CLIENT;
  if (connection.sid === undefined) return undefined;
  return capture.notes.find(({ what, detail }) => what === 'connected' && detail === connection.sid)
    ?.who;
}
