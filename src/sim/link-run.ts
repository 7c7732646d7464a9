// What a model and a kernel can both be asked to run: one client that writes by the clock, one server that
// reads, and the link between them. Plain numbers, so that it can be sent, kept and compared.

import { type Micros, millis, seconds } from '../lib/time.ts';
import type { FaultChoice } from './link-faults.ts';
import type { Scenario, ScenarioLink, TcpFlow, UdpFlow } from './scenario.ts';
import { parametersOf } from './tcp/parameters.ts';

export interface LinkRun {
  readonly kind: 'tcp' | 'udp';
  /** Third number of the addresses: the client is 10.0.N.1. */
  readonly subnet: number;
  /** Of the losses by chance. */
  readonly seed: number;
  /** When the client opens its connection; what it writes comes no earlier. */
  readonly opensAtMs: number;
  /** In the order of time. For UDP each is a datagram. */
  readonly writes: readonly { readonly atMs: number; readonly bytes: number }[];
  /** Small segments leave at once (TCP_NODELAY). */
  readonly isHasty: boolean;
  /** `refused`: no program listens at the server's port. */
  readonly ending: 'close' | 'never' | 'refused';
  readonly abortsAtMs?: number | undefined;
  readonly link: {
    readonly delayMs: number;
    /** Bits a second. */
    readonly rate: number;
    readonly queuePackets: number;
  };
  readonly loses: {
    /** Ordinals of the packets of each way, from 1. */
    readonly up: readonly number[];
    readonly down: readonly number[];
    /** Of 100 packets of the client, by chance. */
    readonly percent: number;
  };
}

const ENDS_AT = seconds(100);

/** TCP is as in Linux on both ends, whoever runs it. */
export function scenarioOfRun(run: LinkRun): Scenario {
  const { subnet, seed, link, loses, isHasty } = run;
  const host = (number: number) => ({
    address: `10.0.${subnet}.${number}`,
    parameters: parametersOf('linux', isHasty ? { nagle: 'off' } : {}),
  });
  const { rate, queuePackets } = link;
  const shape = { rate, delay: millis(link.delayMs), queuePackets, mtu: 1500 };
  const way = (which: readonly number[], percent: number): ScenarioLink => ({
    shape,
    faults: faultsOf(which, percent),
  });
  return {
    seed,
    hostMtu: 1500,
    forbidsCutting: true,
    router: `10.0.${subnet}.254`,
    client: host(1),
    server: host(2),
    up: way(loses.up, loses.percent),
    down: way(loses.down, 0),
    flows: [run.kind === 'tcp' ? streamOf(run) : datagramsOf(run)],
    endAt: ENDS_AT,
  };
}

function faultsOf(which: readonly number[], percent: number): readonly FaultChoice[] {
  return [
    ...(which.length > 0 ? [{ name: 'drop-exactly', params: { which } }] : []),
    ...(percent > 0 ? [{ name: 'loss', params: { rate: percent } }] : []),
  ];
}

function streamOf({ opensAtMs, writes, ending, abortsAtMs }: LinkRun): TcpFlow {
  const isClosing = ending !== 'never';
  return {
    kind: 'tcp',
    at: millis(opensAtMs),
    client: {
      writes: together(writes),
      closes: isClosing ? 'done' : 'never',
      pauses: [],
      ...(abortsAtMs !== undefined && { abortsAt: millis(abortsAtMs) }),
    },
    server: { writes: [], closes: isClosing ? 'after peer' : 'never', pauses: [] },
    ...(ending === 'refused' && { isRefused: true }),
  };
}

/** What a program writes at one moment is one write. */
function together(writes: LinkRun['writes']): { readonly at: Micros; readonly bytes: number }[] {
  const sums = new Map<number, number>();
  for (const { atMs, bytes } of writes) sums.set(atMs, (sums.get(atMs) ?? 0) + bytes);
  return [...sums].map(([atMs, bytes]) => ({ at: millis(atMs), bytes }));
}

const datagramsOf = ({ writes }: LinkRun): UdpFlow => ({
  kind: 'udp',
  datagrams: writes.map(({ atMs, bytes }) => ({ at: millis(atMs), bytes, from: 'client' })),
});
