// Runs a scenario: the same for the same scenario and seed, wherever it runs. Tells what happens as
// it happens and keeps nothing itself, so memory stays flat however long the run is.

import type { PacketRecord } from '../capture/packets.ts';
import { mulberry32, type Random } from '../lib/random.ts';
import { type Micros, micros } from '../lib/time.ts';
import type { Host } from './host.ts';
import type { Address } from './packet.ts';
import { type End, type PacketObserver, Path } from './path.ts';
import type { Scenario, TcpFlow, UdpFlow } from './scenario.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { patternAt, StreamProgram } from './stream-program.ts';
import { Connection } from './tcp/connection.ts';
import type { Phase } from './tcp/recovery/recovery.ts';
import type { TcpState } from './tcp/states.ts';
import { TcpSocket } from './tcp-socket.ts';

/** A connection's own account of itself, whenever it changed. Windows in segments. */
export interface ConnectionAccount {
  readonly at: Micros;
  readonly host: 'client' | 'server';
  /** Which flow of the scenario, from 0. */
  readonly flow: number;
  readonly state: TcpState;
  readonly phase: Phase;
  readonly cwnd: number;
  readonly ssthresh: number;
  readonly inFlight: number;
  /** Bytes acknowledged, and bytes that the program at this end has read. */
  readonly acknowledged: number;
  readonly received: number;
  /** In µs; absent before the first measurement. */
  readonly srtt?: number;
  readonly rto: number;
  readonly ending?: string;
}

export interface Observer {
  onPacket?: PacketObserver;
  onConnection?(account: ConnectionAccount): void;
  /** What a program read, in order. */
  onRead?(host: 'client' | 'server', flow: number, bytes: Uint8Array): void;
}

export interface Outcome {
  readonly endAt: Micros;
  readonly events: number;
  readonly packets: number;
}

const SERVER_PORT = 3_000;
const FIRST_CLIENT_PORT = 50_000;

export interface Run {
  /** Runs at most `events` more; `undefined` while there is more to do. */
  step(events: number): Outcome | undefined;
  now(): Micros;
}

/** The whole run at once. */
export function simulate(scenario: Scenario, observer: Observer = {}): Outcome {
  const run = startRun(scenario, observer);
  let outcome: Outcome | undefined;
  while (!outcome) outcome = run.step(1_000_000);
  return outcome;
}

/** A run to be done in parts, so that it can show progress and be stopped. */
export function startRun(scenario: Scenario, observer: Observer): Run {
  const scheduler = createScheduler();
  const programs = new Programs(scenario, scheduler, observer);
  for (const [index, flow] of scenario.flows.entries()) {
    if (flow.kind === 'tcp') programs.startTcp(flow, index);
    else programs.startUdp(flow, index);
  }
  return {
    now: scheduler.now,
    step(events) {
      for (let left = events; left > 0; left--) {
        if (scheduler.runNext(scenario.endAt)) continue;
        return {
          endAt: scheduler.now(),
          events: scheduler.processed(),
          packets: programs.path.packets,
        };
      }
      return undefined;
    },
  };
}

/** The programs of a scenario on its two hosts. */
class Programs {
  readonly path: Path;
  readonly #scenario: Scenario;
  readonly #scheduler: Scheduler;
  readonly #observer: Observer;
  readonly #hosts: Readonly<Record<End, Host>>;
  readonly #random: Random;

  constructor(scenario: Scenario, scheduler: Scheduler, observer: Observer) {
    this.#scenario = scenario;
    this.#scheduler = scheduler;
    this.#observer = observer;
    this.#random = mulberry32(scenario.seed);
    this.path = new Path(scenario, scheduler, observer.onPacket);
    this.#hosts = this.path.hosts;
  }

  startTcp(flow: TcpFlow, index: number): void {
    const { client, server } = this.#hosts;
    const clientPort = FIRST_CLIENT_PORT + index;
    const serverPort = SERVER_PORT + index;
    const roll = () => Math.floor(this.#random.next() * 2 ** 32);
    const [first, second] = [roll(), roll()];
    const clientSocket = () =>
      this.#socket(client, flow, index, first, {
        localPort: clientPort,
        remote: server.address,
        remotePort: serverPort,
      });
    const serverSocket = (remotePort: number) =>
      this.#socket(server, flow, index, second, {
        localPort: serverPort,
        remote: client.address,
        remotePort,
      });
    this.#scheduler.schedule(flow.at, () => clientSocket().open());
    if (flow.isSimultaneous) {
      this.#scheduler.schedule(flow.at, () => serverSocket(clientPort).open());
      return;
    }
    if (flow.isRefused) return;
    // The server takes one connection: a SYN that comes late from an old one is refused.
    let taken: TcpSocket | undefined;
    server.listen(serverPort, (_, _remote, remotePort) => {
      if (taken && taken.connection.state !== 'LISTEN') return undefined;
      taken = serverSocket(remotePort);
      taken.connection.listen();
      return taken;
    });
  }

  #socket(
    host: Host,
    flow: TcpFlow,
    index: number,
    isn: number,
    ends: { localPort: number; remote: Address; remotePort: number },
  ): TcpSocket {
    const end: End = host === this.#hosts.client ? 'client' : 'server';
    const { onRead } = this.#observer;
    const program = new StreamProgram(flow[end], onRead && ((bytes) => onRead(end, index, bytes)));
    const scenarioHost = this.#scenario[end];
    const connection = new Connection({
      parameters: scenarioHost.parameters,
      isn,
      mss: this.#scenario.hostMtu - (scenarioHost.address.includes(':') ? 60 : 40),
    });
    const write = this.#accountant(end, index, connection, program);
    return new TcpSocket(host, ends, connection, program, write);
  }

  /** Writes an account when it says something else than the one before. */
  #accountant(host: End, flow: number, connection: Connection, program: StreamProgram): () => void {
    const { onConnection } = this.#observer;
    if (!onConnection) return () => undefined;
    let last = '';
    return () => {
      const { sender, state, ending } = connection;
      const { cwnd, ssthresh } = sender.window;
      const { srtt } = sender.rtt;
      const account = {
        host,
        flow,
        state,
        phase: sender.recovery.phase,
        cwnd,
        ssthresh,
        inFlight: sender.scoreboard.inFlight,
        acknowledged: Math.max(0, sender.una - 1),
        received: program.received,
        rto: sender.timer.rto,
        ...(srtt !== undefined && { srtt }),
        ...(ending !== undefined && { ending }),
      };
      const said = `${state} ${account.phase} ${cwnd} ${ssthresh} ${account.inFlight} ${account.acknowledged} ${account.received} ${account.rto}`;
      if (said === last) return;
      last = said;
      onConnection({ at: this.#scheduler.now(), ...account });
    };
  }

  startUdp(flow: UdpFlow, index: number): void {
    const { client, server } = this.#hosts;
    const { onRead } = this.#observer;
    const ports = { client: FIRST_CLIENT_PORT + index, server: SERVER_PORT + index } as const;
    client.bind(ports.client, (payload) => onRead?.('client', index, payload));
    if (!flow.isRefused) {
      server.bind(ports.server, (payload) => onRead?.('server', index, payload));
    }
    for (const { at, bytes, from } of flow.datagrams) {
      this.#scheduler.schedule(at, () => {
        const [host, peer, to] =
          from === 'client'
            ? [client, server, 'server' as const]
            : [server, client, 'client' as const];
        const datagram = {
          sourcePort: ports[from],
          destinationPort: ports[to],
          payload: patternAt(0, bytes),
        };
        host.send(peer.address, { kind: 'udp', datagram }, 'datagram');
      });
    }
  }
}

/** Keeps every packet with its bytes, for a capture or a file. */
export function recordPackets(
  scenario: Scenario,
  observer: Observer = {},
): {
  readonly records: readonly PacketRecord[];
  readonly outcome: Outcome;
} {
  const records: PacketRecord[] = [];
  const outcome = simulate(scenario, {
    ...observer,
    onPacket(account, arrivedBytes) {
      const { packet, ...transit } = account;
      records.push({ ...transit, bytes: packet.bytes, ...(arrivedBytes && { arrivedBytes }) });
      observer.onPacket?.(account, arrivedBytes);
    },
  });
  return { records, outcome: { ...outcome, endAt: micros(outcome.endAt) } };
}
