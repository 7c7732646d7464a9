// One to five clients of one lane, each with connections of its own, which greet the server one after
// another. One of them may hang up while the others stay, and come back.

import { connectionsClient } from '../../programs/connections-client.ts';
import type { LabClient, LabOptions, LabRun, LaneOptions } from '../demo.ts';

export const CLIENTS = ['you', 'Ada', 'Grace', 'Ben', 'Lin'] as const;

export interface ConnectionsParams {
  readonly clients: string;
  readonly transports: string;
  readonly leaves: string;
}

const TRANSPORTS: Readonly<Record<string, LaneOptions['transports']>> = {
  both: ['polling', 'websocket'],
  polling: ['polling'],
  websocket: ['websocket'],
};

export function lab({ transports }: ConnectionsParams): LabOptions {
  const main: LaneOptions = {
    exercise: 'connections',
    transports: TRANSPORTS[transports] ?? ['websocket'],
  };
  return { lanes: { main } };
}

/** A browser allows six connections to one place, and each client that polls holds a request open. */
const MOST_POLLING = 3;

const namesIn = ({ clients, transports }: ConnectionsParams): readonly string[] => {
  const count = Number(clients);
  return CLIENTS.slice(0, transports === 'polling' ? Math.min(MOST_POLLING, count) : count);
};

/** A client with its program: what connects it, and what presses its button. */
class Guest {
  readonly client: LabClient;
  #press = (): void => undefined;

  constructor(open: LabRun['open'], name: string) {
    this.client = open({ lane: 'main', name });
    connectionsClient({
      socket: this.client.socket,
      name,
      button: {
        addEventListener: (_, callback) => {
          this.#press = callback;
        },
      },
      show: (answer) => this.client.note('acknowledged', 'greet', String(answer)),
    });
  }

  greet(): void {
    this.client.note('emitted', 'greet');
    this.#press();
  }

  leave(): void {
    this.client.socket.disconnect();
  }
}

export async function run({ open, wait }: LabRun, params: ConnectionsParams): Promise<void> {
  const guests: Guest[] = [];
  const arrive = async (name: string): Promise<Guest> => {
    const guest = new Guest(open, name);
    await guest.client.connect();
    if (params.transports === 'both') await guest.client.upgraded();
    guest.greet();
    await wait(250);
    return guest;
  };
  for (const name of namesIn(params)) guests.push(await arrive(name));
  const ada = guests[1];
  if (ada && params.leaves === 'yes') {
    ada.leave();
    await wait(300);
    for (const guest of guests) if (guest !== ada) guest.greet();
    await wait(300);
    guests[1] = await arrive(CLIENTS[1]);
  }
  // One client has little to say, so that it can be seen to say it on the connections it has.
  if (guests.length === 1) {
    guests[0]?.greet();
    await wait(250);
  }
  for (const guest of guests) guest.leave();
  await wait(300);
}
