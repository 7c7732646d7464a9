// One list of messages and one schedule of faults, over two links that are alike: UDP on one, TCP on the
// other, on one clock. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { mulberry32 } from '../../lib/random.ts';
import { type Micros, millis } from '../../lib/time.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { EndAccounts } from '../end-accounts.ts';
import { CLIENT_PORT, Lane, SERVER_PORT, Simulation } from '../network.ts';
import { losesWithin } from '../planned-fault.ts';
import { sendOverTcp, type TimedMessage } from '../tcp-messages.ts';

export interface LanesParams {
  readonly workload: string;
  readonly trouble: string;
  readonly delay: string;
  readonly seed: string;
  readonly beside: string;
}

interface Workload {
  readonly count: number;
  readonly bytes: number;
  /** Between two messages. */
  readonly gapMs: number;
  /** A message that comes later than this after it was sent is of no use. */
  readonly deadlineMs?: number;
}

const SENSOR: Workload = { count: 10, bytes: 60, gapMs: 60 };
const WORKLOADS: Readonly<Record<string, Workload>> = {
  sensor: SENSOR,
  call: { count: 16, bytes: 1_100, gapMs: 33, deadlineMs: 150 },
  file: { count: 10, bytes: 1_200, gapMs: 0 },
};

export const RATE = 10_000_000;
/** More than ever wait here. */
export const QUEUE = 100;
/** Third number of each lane's addresses. */
export const SUBNETS = { UDP: 1, TCP: 2 } as const;
const CHANCE = 0.2;
const SLOT_MS = 10;

export const workloadOf = ({ workload }: LanesParams): Workload => WORKLOADS[workload] ?? SENSOR;

/** ms. TCP has shaken hands by then: it takes one way there and one back. */
export const sentAtOf = ({ delay }: LanesParams): number => 2 * Number(delay) + 20;

export function simulateLanes(params: LanesParams): Capture {
  const workload = workloadOf(params);
  const delayMs = Number(params.delay);
  const sentAt = sentAtOf(params);
  const messages = messagesOf(workload, sentAt);
  const stretches = stretchesOf(params, workload, sentAt + delayMs);
  const simulation = new Simulation();
  const laneOf = (name: keyof typeof SUBNETS): Lane => {
    const subnet = SUBNETS[name];
    const shape = { name, subnet, delayMs, rate: RATE, mtu: 1_500, queuePackets: QUEUE };
    return new Lane(simulation, { ...shape, up: [losesWithin(stretches)] });
  };
  const detail = ({ at }: TimedMessage, now: number): string | undefined =>
    workload.deadlineMs !== undefined && now - millis(at) > millis(workload.deadlineMs)
      ? 'too late to be shown'
      : undefined;
  overUdp(simulation, laneOf('UDP'), messages);
  const lane = laneOf('TCP');
  const isHasty = workload.gapMs > 0;
  const accounts = new EndAccounts();
  sendOverTcp({ simulation, lane, name: 'TCP', messages, seed: 5, isHasty, accounts, detail });
  return { ...simulation.finish(6_000), ends: accounts.all };
}

export function messagesOf({ count, bytes, gapMs }: Workload, sentAt: number): TimedMessage[] {
  return Array.from({ length: count }, (_, i) => {
    const text = `m-${i + 1} ${'abcdefghij'.repeat(200)}`.slice(0, bytes);
    return { id: `m-${i + 1}`, at: sentAt + i * gapMs, bytes: encodeUtf8(text) };
  });
}

type Stretch = readonly [from: Micros, until: Micros];

/** When nothing arrives: the same moments on both lanes. `first` is when the first message arrives. */
function stretchesOf(
  { trouble, seed }: LanesParams,
  { gapMs }: Workload,
  first: number,
): readonly Stretch[] {
  const between = (from: number, until: number): Stretch => [millis(from), millis(until)];
  // The fourth message; of a file, what arrives at about its time.
  const fourth = gapMs === 0 ? first + 3.1 : first + 3 * gapMs;
  if (trouble === 'one') return [between(fourth - 0.1, fourth + 1)];
  if (trouble === 'burst') return [between(fourth - 0.1, fourth + Math.max(3.2, 2.5 * gapMs))];
  if (trouble !== 'chance') return [];
  const random = mulberry32(Number(seed));
  return Array.from({ length: 300 }, (_, slot) => ({ slot, isBad: random.next() < CHANCE }))
    .filter(({ isBad }) => isBad)
    .map(({ slot }) => between(first + slot * SLOT_MS, first + (slot + 1) * SLOT_MS));
}

function overUdp(simulation: Simulation, lane: Lane, messages: readonly TimedMessage[]): void {
  lane.server.bind(SERVER_PORT, (payload) => {
    const [id = ''] = decodeUtf8(payload).text.split(' ', 1);
    simulation.note('UDP', 'server', 'handled', id);
  });
  for (const { id, at, bytes: payload } of messages) {
    simulation.at(at, () => {
      simulation.note('UDP', 'client', 'emitted', id);
      const datagram = { sourcePort: CLIENT_PORT, destinationPort: SERVER_PORT, payload };
      lane.client.send(lane.server.address, { kind: 'udp', datagram }, 'a message');
    });
  }
}
