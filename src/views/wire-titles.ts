// Who is at the far end of a wire, in words: the lane's title and the client's name, where there is more
// than one of them. Draws nothing.

import type { Capture, Connection } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';
import { SERVER } from '../capture/ledger.ts';

/** Lane → what a reader calls it. */
export type LaneTitles = Readonly<Record<string, string>>;

/** `Short polling`, `Ada`, `An answer, and then Ada · you`; nothing where there is only one of all. */
export function wireTitle(capture: Capture, connection: Connection, titles: LaneTitles): string {
  const { lane } = connection;
  const lanes = new Set(capture.connections.map((one) => one.lane));
  const names = new Set(
    capture.notes
      .filter((note) => note.lane === lane && note.who !== SERVER && note.what === 'connected')
      .map(({ who }) => who),
  );
  const client = names.size > 1 ? clientOf(capture, connection) : undefined;
  return [lanes.size > 1 ? (titles[lane] ?? lane) : undefined, client && nameOf(client)]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The learner's own client is written down as the browser. */
const nameOf = (client: string): string => (client === 'browser' ? 'you' : client);
