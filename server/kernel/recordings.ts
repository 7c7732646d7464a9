// What is recorded of the kernel for those who cannot run it, and under which conditions. The script that
// records and the test that records again use the same list.

import { readFileSync } from 'node:fs';
import { release, version } from 'node:os';
import { writeTransitFile } from '../../src/capture/transit-file.ts';
import { micros, millis, seconds } from '../../src/lib/time.ts';
import type { FaultChoice } from '../../src/sim/link-faults.ts';
import type { Scenario, TcpFlow, UdpFlow } from '../../src/sim/scenario.ts';
import { parametersOf } from '../../src/sim/tcp/parameters.ts';
import { type KernelRun, runOnKernel } from './kernel-run.ts';

const LIMIT_MS = 60_000;
const COMMENT =
  "Recorded by Wirelight: the Linux kernel's own TCP or UDP between two network namespaces, over Wirelight's link. Each interface is one end of it, so each packet that arrived stands here twice; frame.interface_id == 0 in Wireshark shows the client's end alone. The first line of a packet's comment says which packets are the same.";

const transfer = (bytes: number): TcpFlow => ({
  kind: 'tcp',
  at: micros(0),
  client: { writes: [{ at: micros(0), bytes }], closes: 'done', pauses: [] },
  server: { writes: [], closes: 'after peer', pauses: [] },
});

const datagrams: UdpFlow = {
  kind: 'udp',
  datagrams: Array.from({ length: 8 }, (_, i) => ({
    at: millis(30 * i),
    bytes: 400,
    from: 'client' as const,
  })),
};

const drop = (...which: readonly number[]): readonly FaultChoice[] => [
  { name: 'drop-exactly', params: { which } },
];

interface Recording {
  readonly shows: string;
  readonly flow: TcpFlow | UdpFlow;
  readonly up?: readonly FaultChoice[];
  readonly down?: readonly FaultChoice[];
}

/** Ordinals of the client's packets: 1 is the SYN, 2 the acknowledgement that opens, 3 the first data. */
export const RECORDINGS: Readonly<Record<string, Recording>> = {
  'kernel-tcp-clean': {
    shows: 'A connection that carries 20 kB, nothing lost.',
    flow: transfer(20_000),
  },
  'kernel-tcp-middle': {
    shows: 'The fourth packet with data is lost once.',
    flow: transfer(20_000),
    up: drop(6),
  },
  'kernel-tcp-last': {
    shows: 'The last packet with data is lost once.',
    flow: transfer(20_000),
    up: drop(16),
  },
  'kernel-tcp-syn': { shows: 'The SYN is lost once.', flow: transfer(20_000), up: drop(1) },
  'kernel-tcp-loss': {
    shows: 'A connection that carries 100 kB; 3 % of the client’s packets are lost.',
    flow: transfer(100_000),
    up: [{ name: 'loss', params: { rate: 3 } }],
  },
  'kernel-udp-loss': {
    shows: 'Eight UDP datagrams, the third and the sixth of which are lost.',
    flow: datagrams,
    up: drop(3, 6),
  },
};

export function scenarioOfRecording({ flow, up = [], down = [] }: Recording): Scenario {
  const parameters = parametersOf('linux');
  const shape = { rate: 10_000_000, delay: millis(20), queuePackets: 100, mtu: 1500 };
  return {
    seed: 1,
    hostMtu: 1500,
    forbidsCutting: true,
    router: '10.0.0.254',
    client: { address: '10.0.0.1', parameters },
    server: { address: '10.0.0.2', parameters },
    up: { shape, faults: up },
    down: { shape, faults: down },
    flows: [flow],
    endAt: seconds(100),
  };
}

export const record = (scenario: Scenario, isRealTime = false): Promise<KernelRun> =>
  runOnKernel(scenario, { limit: LIMIT_MS, isRealTime });

export const fileOf = ({ records }: KernelRun): Uint8Array =>
  writeTransitFile(records, ['client', 'server'], COMMENT);

/** Under which conditions a recording was made. */
export function manifestOf(shows: string, scenario: Scenario, { latest }: KernelRun): object {
  const { seed, up, down, client } = scenario;
  const { congestion } = client.parameters;
  return {
    shows,
    script: 'scripts/record-kernel.ts',
    recordedAt: new Date().toISOString(),
    versions: { node: process.versions.node, linux: `${release()} ${version()}`, socat: socat() },
    conditions: { seed, congestion, up, down },
    latestPacketWasLateByMicros: Math.round(latest),
  };
}

function socat(): string {
  // Debian's own record of what is installed; another system has none.
  try {
    const status = readFileSync('/var/lib/dpkg/status', 'utf8');
    return /^Package: socat\n(?:.+\n)*?Version: (.+)$/m.exec(status)?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
