// One TCP connection from its opening to its end: some bytes, a link with one mishap, a reader that may
// pause, and a client that closes or aborts. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { millis } from '../../lib/time.ts';
import { createLinkFaults } from '../../sim/link-faults.ts';
import { type ProfileName, parametersOf } from '../../sim/tcp/parameters.ts';
import { EndAccounts } from '../end-accounts.ts';
import { Lane, OPENS_AT, Simulation } from '../network.ts';
import { plannedFault } from '../planned-fault.ts';
import { ABORTS_AT_MS, LANE, linkOf, SEED, type TcpDemoParams } from './conditions.ts';

const TIMES = { heldMs: 0, secondAfterMs: 0 };
/** Small enough to be filled by what is sent. */
const BUFFER = 8_000;
const PAUSE = { from: millis(50), to: millis(1_000) };
/** TIME-WAIT lasts longer than anybody wants to watch. */
const ENDS_MS = 10_000;

export function simulateTcp(params: TcpDemoParams): Capture {
  const { size, reader, end, profile, beside } = params;
  const simulation = new Simulation();
  const { link, loses } = linkOf(params);
  const lost = (which: readonly number[]) =>
    plannedFault(new Map(which.map((ordinal) => [ordinal, 'lost'])), TIMES);
  const chance = loses.percent > 0 ? [{ name: 'loss', params: { rate: loses.percent } }] : [];
  const lane = new Lane(simulation, {
    name: LANE,
    subnet: 0,
    mtu: 1_500,
    ...link,
    up: [lost(loses.up), ...createLinkFaults(chance, SEED, 0)],
    down: [lost(loses.down)],
  });
  const isPausing = reader === 'pauses';
  const buffers = isPausing ? { receiveBuffer: BUFFER, maxReceiveBuffer: BUFFER } : {};
  const accounts = new EndAccounts();
  lane.connect(
    {
      client: {
        writes: [{ at: millis(OPENS_AT), bytes: Number(size) }],
        // No system tells a program that all is acknowledged: beside a kernel it closes when all is written.
        closes: beside === 'none' ? 'acknowledged' : 'done',
        pauses: [],
        ...(end === 'abort' && { abortsAt: millis(ABORTS_AT_MS) }),
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
