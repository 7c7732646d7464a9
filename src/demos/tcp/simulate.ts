// One TCP connection from its opening to its end: some bytes, a link with one mishap, a reader that may
// pause, and a client that closes or aborts. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { millis } from '../../lib/time.ts';
import { type ProfileName, parametersOf } from '../../sim/tcp/parameters.ts';
import { EndAccounts } from '../end-accounts.ts';
import { Lane, Simulation } from '../network.ts';
import { plannedFault } from '../planned-fault.ts';

export interface TcpDemoParams {
  readonly size: string;
  readonly loss: string;
  readonly reader: string;
  readonly end: string;
  readonly profile: string;
}

const MSS = 1_448;
/** SYN and ACK come before the first packet with data. */
const BEFORE_DATA = 2;
const TIMES = { heldMs: 0, secondAfterMs: 0 };
/** Small enough to be filled by what is sent. */
const BUFFER = 8_000;
const PAUSE = { from: millis(50), to: millis(1_000) };
/** When acknowledgements are on their way, and the client has bytes left that the window holds back. */
const ABORTS_AT = millis(75);
/** TIME-WAIT lasts longer than anybody wants to watch. */
const ENDS_MS = 10_000;
const LINK = { name: 'the link', subnet: 0, delayMs: 20, mtu: 1_500 };

export function simulateTcp({ size, loss, reader, end, profile }: TcpDemoParams): Capture {
  const bytes = Number(size);
  const simulation = new Simulation();
  const lost = (ordinal: number) => [plannedFault(new Map([[ordinal, 'lost']]), TIMES)];
  const isOverflowing = loss === 'queue';
  const lane = new Lane(simulation, {
    ...LINK,
    rate: isOverflowing ? 2_000_000 : 10_000_000,
    ...(isOverflowing && { queuePackets: 5 }),
    up: lost(upOrdinal(loss, bytes)),
    down: loss === 'ack' ? lost(3) : [],
  });
  const isPausing = reader === 'pauses';
  const buffers = isPausing ? { receiveBuffer: BUFFER, maxReceiveBuffer: BUFFER } : {};
  const accounts = new EndAccounts();
  lane.connect(
    {
      client: {
        writes: [{ at: millis(0), bytes }],
        closes: 'acknowledged',
        pauses: [],
        ...(end === 'abort' && { abortsAt: ABORTS_AT }),
      },
      server: { writes: [], closes: 'after peer', pauses: isPausing ? [PAUSE] : [] },
    },
    {
      seed: 3,
      parameters: parametersOf(profile as ProfileName, buffers),
      isRefused: end === 'refused',
      onChange: (who, connection, at) => accounts.take(who, connection, at),
    },
  );
  return { ...simulation.finish(ENDS_MS), ends: accounts.all };
}

/** Which packet of the client is lost; 0 for none. */
function upOrdinal(loss: string, bytes: number): number {
  const count = Math.ceil(bytes / MSS);
  if (loss === 'syn') return 1;
  if (loss === 'middle') return BEFORE_DATA + Math.min(4, count);
  return loss === 'last' ? BEFORE_DATA + count : 0;
}
