// Two network namespaces joined by our own link: every IP packet of the machine's real TCP and UDP between
// them passes through a link of src/sim with the faults of src/faults, so that the simulator and the
// kernel lose the very same packets. Takes down everything it made.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PacketRecord } from '../../src/capture/packets.ts';
import type { Micros } from '../../src/lib/time.ts';
import { type Delivery, LinkDirection } from '../../src/sim/link.ts';
import { createLinkFaults } from '../../src/sim/link-faults.ts';
import { addressOf, type Packet, pieceOf } from '../../src/sim/packet.ts';
import type { Scenario } from '../../src/sim/scenario.ts';
import { type Bridge, MTU, openBridge } from './bridge.ts';
import { createExactClock } from './exact-clock.ts';
import { makePair, removePair, sweep } from './namespaces.ts';
import { ranked } from './priority.ts';
import { DEVICE, routeFor, settingsFor } from './settings.ts';

const execute = promisify(execFile);
const ENDS = ['client', 'server'] as const;
type End = (typeof ENDS)[number];
const OTHER = { client: 'server', server: 'client' } as const;
const OBSERVED = 'seen on the link between two network namespaces';

export type KernelConditions = Pick<Scenario, 'seed' | 'client' | 'server' | 'up' | 'down'>;

export interface KernelLink {
  /** In µs since the link was made. */
  now(): Micros;
  /** Grows as packets pass; a packet's arrival is written down when it was handed over. */
  readonly records: readonly PacketRecord[];
  /** How late the latest packet was handed over, in µs: what this machine adds to the link. */
  latest(): number;
  inFlight(): number;
  /** Starts a program in one end's namespace. */
  spawn(end: End, command: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

/** `isRealTime`: socat and the programs come before all others on this machine's processors. */
export async function openKernelLink(
  conditions: KernelConditions,
  { isRealTime = false, onPacket = (_: PacketRecord) => {} } = {},
): Promise<KernelLink> {
  await sweep();
  const pair = await makePair();
  const clock = createExactClock();
  const children: ChildProcess[] = [];
  const bridges: Partial<Record<End, Bridge>> = {};
  const traffic = new Traffic(conditions, clock, bridges, onPacket);
  const start = (
    end: End,
    command: readonly string[],
    place: 'bridge' | 'program' = 'program',
  ): ChildProcess => {
    const before = isRealTime ? ranked(place) : [];
    const child = spawn('ip', ['netns', 'exec', pair[end], ...before, ...command]);
    children.push(child);
    return child;
  };
  const close = async (): Promise<void> => {
    for (const bridge of Object.values(bridges)) bridge.close();
    await Promise.all(children.map(endOf));
    await clock.close();
    await removePair(pair);
  };
  const setUp = async (end: End): Promise<void> => {
    const { address, parameters } = conditions[end];
    const path = join(pair.folder, end);
    const bridge = await openBridge(path, (bytes) => traffic.send(end, bytes));
    bridges[end] = bridge;
    const inside = ['netns', 'exec', pair[end]];
    await execute('ip', [...inside, 'sh', '-ec', settingsFor(parameters)]);
    const tun = `TUN:${address}/24,tun-name=${DEVICE},tun-type=tun,iff-no-pi,iff-up`;
    const socat = start(end, ['socat', '-b', String(MTU), tun, `UNIX-CONNECT:${path}`], 'bridge');
    await Promise.race([bridge.connected, failureOf(socat)]);
    await execute('ip', [...inside, 'ip', ...routeFor(address, parameters)]);
  };
  try {
    for (const end of ENDS) await setUp(end);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...traffic.account(),
    now: clock.now,
    spawn: (end, command) => start(end, command),
    close,
  };
}

interface LinkTime {
  now(): Micros;
  schedule(delay: number, run: () => void): () => void;
}

/** What passes the link, and what became of it. */
class Traffic {
  readonly #clock: LinkTime;
  readonly #records: PacketRecord[] = [];
  readonly #links: Readonly<Record<End, LinkDirection>>;
  readonly #onPacket: (record: PacketRecord) => void;
  /** Where in `#records` those are that are under way. */
  readonly #underWay = new Map<Packet, number[]>();
  #latest = 0;

  constructor(
    { seed, up, down }: KernelConditions,
    clock: LinkTime,
    bridges: Partial<Record<End, Bridge>>,
    onPacket: (record: PacketRecord) => void,
  ) {
    this.#clock = clock;
    this.#onPacket = onPacket;
    const direction = ({ shape, faults }: Scenario['up'], number: 0 | 1, to: End) =>
      new LinkDirection(shape, createLinkFaults(faults, seed, number), clock, {
        receive: (packet, delivery) => {
          bridges[to]?.send(delivery.bytes ?? packet.bytes);
          this.#arrive(packet, delivery);
        },
      });
    this.#links = { client: direction(up, 0, 'server'), server: direction(down, 1, 'client') };
  }

  account() {
    return {
      records: this.#records as readonly PacketRecord[],
      latest: () => this.#latest,
      inFlight: () => this.#underWay.size,
    };
  }

  send(from: End, bytes: Uint8Array): void {
    // IPv6 is off in the namespaces; an address that is not ours has no place on the link.
    if ((bytes[0] ?? 0) >> 4 !== 4) return;
    const ends = { source: textOf(bytes, 12), destination: textOf(bytes, 16) };
    const packet = pieceOf(ends, bytes, OBSERVED);
    const { leftAt, waits, deliveries, lostTo } = this.#links[from].send(packet);
    const base = { from, to: OTHER[from], leftAt, waited: waits, why: OBSERVED, bytes };
    if (deliveries.length === 0) {
      this.#write({ ...base, ...(lostTo !== undefined && { lostTo }) });
      return;
    }
    const places = deliveries.map(({ bytes: changed }) =>
      this.#write({ ...base, ...(changed && { arrivedBytes: changed }) }),
    );
    this.#underWay.set(packet, places);
  }

  #write(record: PacketRecord): number {
    this.#onPacket(record);
    return this.#records.push(record) - 1;
  }

  #arrive(packet: Packet, { at }: Delivery): void {
    const places = this.#underWay.get(packet);
    const place = places?.shift();
    if (places?.length === 0) this.#underWay.delete(packet);
    const record = place === undefined ? undefined : this.#records[place];
    if (place === undefined || !record) return;
    const arrivedAt = this.#clock.now();
    this.#latest = Math.max(this.#latest, arrivedAt - at);
    this.#records[place] = { ...record, arrivedAt };
  }
}

const textOf = (bytes: Uint8Array, at: number) => addressOf(bytes.subarray(at, at + 4).join('.'));

/** Rejects with what a program said when it ends by itself. */
function failureOf(child: ChildProcess): Promise<never> {
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  return new Promise((_, reject) => {
    const fail = (why: string) => reject(new Error(`The kernel link could not be made: ${why}`));
    child.once('error', ({ message }) => fail(message));
    child.once('exit', () => fail(said.trim() || 'socat ended.'));
  });
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
