// One TCP connection from its opening to its close: some bytes, a link with one mishap, and a reader that
// may pause. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { millis } from '../../lib/time.ts';
import { type ProfileName, parametersOf } from '../../sim/tcp/parameters.ts';
import { Lane, Simulation } from '../network.ts';
import { plannedFault } from '../planned-fault.ts';

export interface TcpDemoParams {
  readonly size: string;
  readonly loss: string;
  readonly reader: string;
  readonly profile: string;
}

const MSS = 1_448;
/** SYN and ACK come before the first packet with data. */
const BEFORE_DATA = 2;
const TIMES = { heldMs: 0, secondAfterMs: 0 };
/** Small enough to be filled by what is sent. */
const BUFFER = 8_000;

export function simulateTcp({ size, loss, reader, profile }: TcpDemoParams): Capture {
  const bytes = Number(size);
  const simulation = new Simulation();
  const lost = (ordinal: number) => [plannedFault(new Map([[ordinal, 'lost']]), TIMES)];
  const lane = new Lane(simulation, {
    name: 'the link',
    subnet: 0,
    delayMs: 20,
    rate: 10_000_000,
    mtu: 1_500,
    up: lost(upOrdinal(loss, bytes)),
    down: loss === 'ack' ? lost(3) : [],
  });
  const isPausing = reader === 'pauses';
  const buffers = isPausing ? { receiveBuffer: BUFFER, maxReceiveBuffer: BUFFER } : {};
  lane.connect(
    {
      client: {
        writes: [{ at: millis(0), bytes }],
        closes: { at: millis(isPausing ? 1_500 : 800) },
        pauses: [],
      },
      server: {
        writes: [],
        closes: 'after peer',
        pauses: isPausing ? [{ from: millis(50), to: millis(600) }] : [],
      },
    },
    { seed: 3, parameters: parametersOf(profile as ProfileName, buffers) },
  );
  return simulation.finish(5_000);
}

/** Which packet of the client is lost; 0 for none. */
function upOrdinal(loss: string, bytes: number): number {
  const count = Math.ceil(bytes / MSS);
  if (loss === 'syn') return 1;
  if (loss === 'middle') return BEFORE_DATA + Math.min(4, count);
  return loss === 'last' ? BEFORE_DATA + count : 0;
}
