// Which client a connection belongs to, known from what the clients wrote down themselves. Draws
// nothing.

import type { Capture, Connection } from './capture.ts';

/** The client's name; `undefined` where nobody said that the connection's session is its own. */
export function clientOf({ notes }: Capture, connection: Connection): string | undefined {
  if (connection.sid === undefined) return undefined;
  return notes.find(({ what, detail }) => what === 'connected' && detail === connection.sid)?.who;
}
