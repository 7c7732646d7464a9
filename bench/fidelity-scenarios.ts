// What the simulator is compared with the kernel on: cells of random loss, and short scenarios with one
// mishap each. Both engines get the very same value.

import { micros, millis, seconds } from '../src/lib/time.ts';
import type { FaultChoice } from '../src/sim/link-faults.ts';
import { retransmissionsOf, stepsOf } from '../src/sim/run-comparison.ts';
import type { Scenario } from '../src/sim/scenario.ts';
import { recordPackets } from '../src/sim/simulate.ts';
import type { StreamScript } from '../src/sim/stream-program.ts';
import { parametersOf } from '../src/sim/tcp/parameters.ts';

export type Congestion = 'reno' | 'cubic';
export const CONGESTIONS: readonly Congestion[] = ['reno', 'cubic'];
export const LOSSES = [0, 1, 3, 5, 10] as const;
/** Of a transfer in a cell, and of a short one. */
export const CELL_BYTES = 1_000_000;
const SHORT_BYTES = 100_000;
export const QUEUE_PACKETS = 100;
export const SHORT_TIMES = 5;
/** So often the kernel runs each seed of a cell: what is compared is the run in the middle. Odd. */
export const CELL_TIMES = 3;

interface Mishap {
  readonly bytes?: number;
  readonly up?: readonly FaultChoice[];
  readonly down?: readonly FaultChoice[];
  readonly queuePackets?: number;
  readonly pauses?: StreamScript['pauses'];
  readonly seed?: number;
}

export interface Job {
  readonly name: string;
  readonly bytes: number;
  readonly congestion: Congestion;
  readonly scenario: Scenario;
  /** How often the kernel runs it: it is not the same each time. */
  readonly times: number;
  /** Of a cell only. */
  readonly loss?: number;
  readonly seed?: number;
}

export function cellJobs(seeds: number): readonly Job[] {
  return CONGESTIONS.flatMap((congestion) =>
    LOSSES.flatMap((loss) =>
      Array.from({ length: seeds }, (_, i) => {
        const seed = i + 1;
        const up = loss > 0 ? [{ name: 'loss', params: { rate: loss } }] : [];
        const scenario = scenarioOf(congestion, { bytes: CELL_BYTES, up, seed });
        const name = `${congestion}-${loss}-${seed}`;
        return { name, bytes: CELL_BYTES, congestion, loss, seed, scenario, times: CELL_TIMES };
      }),
    ),
  );
}

const drop = (...which: readonly number[]): readonly FaultChoice[] => [
  { name: 'drop-exactly', params: { which } },
];
const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Ordinals: 1 is the SYN, 2 the acknowledgement that opens, 3 to 72 the 70 segments with data. */
const LAST = 72;
const MISHAPS: Readonly<Record<string, Mishap>> = {
  'nothing is lost': {},
  'one segment': { up: drop(20) },
  'two adjacent segments': { up: drop(20, 21) },
  'two segments of one window': { up: drop(20, 25) },
  'every second of ten segments': { up: drop(20, 22, 24, 26, 28) },
  'the last segment': { up: drop(LAST) },
  'the last three segments': { up: drop(...range(LAST - 2, LAST)) },
  'the SYN': { up: drop(1) },
  'the SYN twice': { up: drop(1, 2) },
  'the SYN-ACK': { down: drop(1) },
  'three in ten acknowledgements': { down: [{ name: 'loss', params: { rate: 30 } }] },
  'slow start overshoots a queue of 20': { bytes: 400_000, queuePackets: 20 },
  'the reader pauses: a window of zero': {
    bytes: 400_000,
    pauses: [{ from: millis(0), to: millis(1_500) }],
  },
  'fifteen segments in a row': { up: drop(...range(30, 44)) },
  // All that is under way, the probe, and two retransmissions after a timeout.
  'a blackhole of 30 packets': { up: drop(...range(20, 49)) },
};

export function shortJobs(): readonly Job[] {
  return CONGESTIONS.flatMap((congestion) => {
    const again = ordinalOfRetransmission(scenarioOf(congestion, { up: drop(20) }));
    const mishaps = {
      ...MISHAPS,
      'a segment and its retransmission': { up: drop(20, again) },
    };
    return Object.entries(mishaps).map(([name, mishap]: [string, Mishap]) => ({
      name,
      bytes: mishap.bytes ?? SHORT_BYTES,
      congestion,
      scenario: scenarioOf(congestion, mishap),
      times: SHORT_TIMES,
    }));
  });
}

/** By the model: where the kernel differs before it, it loses another packet, and the comparison shows that. */
function ordinalOfRetransmission(scenario: Scenario): number {
  const steps = stepsOf(recordPackets(scenario).records);
  const [first] = retransmissionsOf(steps);
  const up = steps.filter(({ from }) => from === 'client');
  return up.findIndex(({ at, seq }) => at === first?.at && seq === first?.seq) + 1;
}

function scenarioOf(congestion: Congestion, mishap: Mishap): Scenario {
  const { bytes = SHORT_BYTES, up = [], down = [], pauses = [], seed = 1 } = mishap;
  const parameters = parametersOf('linux', { congestion });
  const queuePackets = mishap.queuePackets ?? QUEUE_PACKETS;
  const shape = { rate: 10_000_000, delay: millis(20), queuePackets, mtu: 1500 };
  const client: StreamScript = { writes: [{ at: micros(0), bytes }], closes: 'done', pauses: [] };
  const server: StreamScript = { writes: [], closes: 'after peer', pauses };
  return {
    seed,
    hostMtu: 1500,
    forbidsCutting: true,
    router: '10.0.0.254',
    client: { address: '10.0.0.1', parameters },
    server: { address: '10.0.0.2', parameters },
    up: { shape, faults: up },
    down: { shape: { ...shape, queuePackets: QUEUE_PACKETS }, faults: down },
    flows: [{ kind: 'tcp', at: micros(0), client, server }],
    endAt: seconds(1_000),
  };
}
