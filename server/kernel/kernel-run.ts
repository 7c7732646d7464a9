// A scenario of the simulator on the machine's real TCP or UDP: the same link, the same losses, the same
// programs. What comes out was observed.

import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PacketRecord } from '../../src/capture/packets.ts';
import type { Scenario, TcpFlow, UdpFlow } from '../../src/sim/scenario.ts';
import type { StreamScript } from '../../src/sim/stream-program.ts';
import { type KernelLink, openKernelLink } from './kernel-link.ts';
import { type PeerTask, type PeerWord, programOf } from './peer.ts';

/** As in the simulator. */
const PORTS = { client: 50_000, server: 3_000 } as const;
const ENDS = ['client', 'server'] as const;
/** With nothing to be heard for so long and both programs over, a run is over. */
const QUIET_MS = 150;
/** As long as that where nobody closes: a timer may send once more. */
const LONG_QUIET_MS = 1_500;

type End = (typeof ENDS)[number];

export interface KernelRun {
  /** Times in µs since the first packet. */
  readonly records: readonly PacketRecord[];
  /** Bytes that each program has read, and what went wrong there. */
  readonly ends: Readonly<Record<End, { readonly received: number; readonly problem?: string }>>;
  /** Both programs ended, or nobody closes and all was quiet: it was not the time that ended it. */
  readonly isComplete: boolean;
  /** How late the latest packet was handed over, in µs. */
  readonly latest: number;
}

export interface RunWishes {
  /** In ms of real time. */
  readonly limit: number;
  readonly isRealTime?: boolean;
  readonly signal?: AbortSignal;
  readonly onPacket?: (record: PacketRecord) => void;
}

/** Why the kernel cannot run this scenario, as a sentence. */
export function whyNotOnKernel({ flows, client }: Scenario): string | undefined {
  const [flow, another] = flows;
  if (!flow || another) return 'A kernel run has one connection.';
  if (client.address.includes(':')) return 'A kernel run uses IPv4.';
  if (flow.kind === 'udp') return undefined;
  if (flow.isSimultaneous) return 'A kernel run does not open from both sides at once.';
  const scripts = [flow.client, flow.server];
  const isText = scripts.some(({ writes }) =>
    writes.some(({ bytes }) => typeof bytes !== 'number'),
  );
  if (isText) return 'A kernel run sends bytes of the pattern only.';
  if (scripts.some(({ readRate }) => readRate !== undefined)) {
    return 'A kernel run reads at once or pauses.';
  }
  return undefined;
}

export async function runOnKernel(scenario: Scenario, wishes: RunWishes): Promise<KernelRun> {
  const why = whyNotOnKernel(scenario);
  const [flow] = scenario.flows;
  if (why !== undefined || !flow) throw new RangeError(why);
  const { isRealTime = false, onPacket } = wishes;
  const link = await openKernelLink(scenario, { isRealTime, ...(onPacket && { onPacket }) });
  try {
    return await play(link, scenario, flow, wishes);
  } finally {
    await link.close();
  }
}

async function play(
  link: KernelLink,
  scenario: Scenario,
  flow: TcpFlow | UdpFlow,
  { limit, signal }: RunWishes,
): Promise<KernelRun> {
  const [client, server] = ENDS.map((end) => {
    const task = taskOf(end, scenario, flow);
    return new Peer(link.spawn(end, [process.execPath, '-e', programOf(task)]), task.isDeaf);
  }) as [Peer, Peer];
  const peers = [client, server];
  await Promise.all(peers.map(({ ready }) => ready));
  server.begin();
  client.begin();
  const stops = link.now() + limit * 1_000;
  const isOver = () => peers.every((peer) => peer.isOver);
  const isEndless = flow.kind === 'tcp' && flow.client.closes === 'never';
  const quiet = isEndless ? LONG_QUIET_MS : QUIET_MS;
  let quietSince = link.now();
  let seen = -1;
  while (link.now() < stops && !signal?.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { length } = link.records;
    const isBusy = !isOver() && !isEndless;
    if (length !== seen || link.inFlight() > 0 || isBusy) quietSince = link.now();
    seen = length;
    if (link.now() - quietSince > quiet * 1_000) break;
  }
  const zero = link.records[0]?.leftAt ?? 0;
  const account = ({ received, problem }: Peer) => ({ received, ...(problem && { problem }) });
  return {
    records: link.records.map((record) => since(zero, record)),
    ends: { client: account(client), server: account(server) },
    isComplete: isOver() || (isEndless && link.now() < stops),
    latest: link.latest(),
  };
}

function since(zero: number, { leftAt, arrivedAt, ...record }: PacketRecord): PacketRecord {
  const at = (time: number) => (time - zero) as PacketRecord['leftAt'];
  return { ...record, leftAt: at(leftAt), ...(arrivedAt && { arrivedAt: at(arrivedAt) }) };
}

function taskOf(end: End, scenario: Scenario, flow: TcpFlow | UdpFlow): PeerTask {
  const other = end === 'client' ? 'server' : 'client';
  const base = {
    role: end,
    local: { address: scenario[end].address, port: PORTS[end] },
    remote: { address: scenario[other].address, port: PORTS[other] },
  };
  if (flow.kind === 'udp') {
    const mine = flow.datagrams.filter(({ from }) => from === end);
    const writes = mine.map(({ at, bytes }) => ({ at: at / 1_000, bytes }));
    const isDeaf = end === 'server' && flow.isRefused === true;
    return { ...base, kind: 'udp', writes, pauses: [], closes: 'never', isDeaf };
  }
  const isHasty = scenario[end].parameters.nagle === 'off';
  const isDeaf = end === 'server' && flow.isRefused === true;
  return { ...base, kind: 'tcp', isHasty, isDeaf, ...scriptOf(flow[end], flow.at) };
}

function scriptOf({ writes, closes, abortsAt, pauses }: StreamScript, zero: number) {
  const ms = (at: number) => (at - zero) / 1_000;
  return {
    writes: writes.map(({ at, bytes }) => ({ at: ms(at), bytes: Number(bytes) })),
    pauses: pauses.map(({ from, to }) => ({ from: ms(from), to: ms(to) })),
    closes:
      typeof closes === 'object' ? ms(closes.at) : closes === 'acknowledged' ? 'done' : closes,
    ...(abortsAt !== undefined && { abortsAt: ms(abortsAt) }),
  } as const;
}

/** The process at one end. */
class Peer {
  readonly ready: Promise<void>;
  isOver: boolean;
  received = 0;
  problem: string | undefined;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, isDeaf = false) {
    this.#child = child;
    this.isOver = isDeaf;
    child.stdin?.on('error', () => {});
    this.ready = new Promise((resolve, reject) => {
      let said = '';
      child.stderr?.on('data', (part: Buffer) => {
        said += part.toString();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`a program at the link's end ended: ${said}`)));
      if (!child.stdout) return;
      createInterface(child.stdout).on('line', (line) => {
        const heard = JSON.parse(line) as PeerWord;
        if (heard.word === 'ready') resolve();
        else {
          this.isOver = true;
          this.received = heard.received;
          this.problem = heard.problem;
        }
      });
    });
  }

  begin(): void {
    this.#child.stdin?.write('go\n');
  }
}
