// Messages over one TCP connection of a simulated lane, and when the program at the other end had each
// of them whole. Both programs know how long each message is; TCP does not.

import { millis } from '../lib/time.ts';
import { parametersOf } from '../sim/tcp/parameters.ts';
import type { EndAccounts } from './end-accounts.ts';
import type { Lane, Simulation } from './network.ts';

export interface TimedMessage {
  readonly id: string;
  /** ms. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

interface Options {
  readonly simulation: Simulation;
  readonly lane: Lane;
  readonly name: string;
  readonly messages: readonly TimedMessage[];
  readonly seed: number;
  /** Each message leaves at once (TCP_NODELAY) instead of waiting for what is not acknowledged yet. */
  readonly isHasty?: boolean;
  /** Where what both ends know of themselves is written down. */
  readonly accounts?: EndAccounts;
  /** What the program at the server says of a message that it has now. */
  detail?(message: TimedMessage, now: number): string | undefined;
}

export function sendOverTcp(options: Options): void {
  const { simulation, lane, name, messages, seed, detail } = options;
  let received = 0;
  let handled = 0;
  let whole = 0;
  lane.connect(
    {
      client: {
        writes: messages.map(({ at, bytes }) => ({ at: millis(at), bytes })),
        closes: 'never',
        pauses: [],
      },
      server: { writes: [], closes: 'never', pauses: [] },
    },
    {
      seed,
      parameters: parametersOf('linux', options.isHasty ? { nagle: 'off' } : {}),
      onChange: (end, connection, at) => options.accounts?.take(end, connection, at),
      onRead(end, bytes) {
        if (end !== 'server') return;
        received += bytes.length;
        for (let next = messages[handled]; next; next = messages[handled]) {
          if (received < whole + next.bytes.length) return;
          whole += next.bytes.length;
          handled++;
          const said = detail?.(next, simulation.scheduler.now());
          simulation.note(name, 'server', 'handled', next.id, said);
        }
      },
    },
  );
  for (const { id, at } of messages) {
    simulation.at(at, () => simulation.note(name, 'client', 'emitted', id));
  }
}
