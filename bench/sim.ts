// What the simulator costs: events a second, and the time of three scenarios of the size that people
// ask for. Run: npm run bench:sim

import { createPacketCapture } from '../src/capture/packets.ts';
import { millis, seconds } from '../src/lib/time.ts';
import type { LinkShape } from '../src/sim/link.ts';
import type { FaultChoice } from '../src/sim/link-faults.ts';
import type { Scenario, TcpFlow } from '../src/sim/scenario.ts';
import { type Outcome, recordPackets, simulate } from '../src/sim/simulate.ts';
import type { StreamScript } from '../src/sim/stream-program.ts';
import { parametersOf } from '../src/sim/tcp/parameters.ts';

const RUNS = 5;

const flowOf = (bytes: number): TcpFlow => {
  const client: StreamScript = { writes: [{ at: millis(0), bytes }], closes: 'done', pauses: [] };
  const server: StreamScript = { writes: [], closes: 'after peer', pauses: [] };
  return { kind: 'tcp', at: millis(0), client, server };
};

function scenarioOf(
  shape: LinkShape,
  faults: readonly FaultChoice[],
  flows: readonly TcpFlow[],
): Scenario {
  const parameters = parametersOf('linux');
  return {
    seed: 1,
    hostMtu: 1500,
    forbidsCutting: true,
    router: '10.0.0.254',
    client: { address: '10.0.0.1', parameters },
    server: { address: '10.0.0.2', parameters },
    up: { shape, faults },
    down: { shape, faults: [] },
    flows,
    endAt: seconds(100_000),
  };
}

const shape = (rate: number, delay: number, queuePackets: number): LinkShape => ({
  rate,
  delay: millis(delay),
  queuePackets,
  mtu: 1500,
});
const loss = (rate: number): FaultChoice[] => [{ name: 'loss', params: { rate } }];

const large = scenarioOf(shape(100_000_000, 10, 200), loss(0.1), [flowOf(50_000_000)]);
const many = scenarioOf(
  shape(100_000_000, 10, 200),
  [],
  Array.from({ length: 100 }, () => flowOf(500_000)),
);
const lesson = scenarioOf(shape(10_000_000, 20, 50), loss(1), [flowOf(200_000)]);

report('50 MB over one flow, 100 Mbit/s, 20 ms, 0.1 % loss', () => simulate(large));
report('100 flows of 500 kB through one bottleneck', () => simulate(many));
report('200 kB for a lesson, every packet with its bytes, as a capture', () => {
  const { records, outcome } = recordPackets(lesson);
  createPacketCapture(records, 'modelled');
  return outcome;
});

/** The median of several runs, after one to warm up. */
function report(title: string, run: () => Outcome): void {
  run();
  const times: number[] = [];
  let outcome: Outcome | undefined;
  for (let i = 0; i < RUNS; i++) {
    const begun = performance.now();
    outcome = run();
    times.push(performance.now() - begun);
  }
  const median = times.sort((a, b) => a - b)[RUNS >> 1] ?? 0;
  const { events = 0, packets = 0, endAt = 0 } = outcome ?? {};
  console.log(title);
  console.log(`  ${median.toFixed(0)} ms for ${(endAt / 1e6).toFixed(2)} simulated seconds`);
  console.log(
    `  ${packets} packets, ${events} events, ${Math.round((events / median) * 1000)} events a second`,
  );
}
