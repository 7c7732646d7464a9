// The way between two hosts: a link each way, and a router at its near end that cuts packets that are
// too long for it, or drops them and says so (RFC 792, RFC 4443).

import type { PacketRecord } from '../capture/packets.ts';
import { ICMP_CODE, ICMP_TYPE, type IcmpMessage } from '../wire/icmp.ts';
import { cutIpv4, mayBeCut } from './fragments.ts';
import { Host, quoteOf } from './host.ts';
import { type Fate, LinkDirection } from './link.ts';
import { createLinkFaults } from './link-faults.ts';
import { type Address, addressOf, Packet, pieceOf } from './packet.ts';
import type { Scenario, ScenarioLink } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';

export type End = 'client' | 'server';

/** A packet at the moment it leaves; its fate is known then. */
export type PacketAccount = Omit<PacketRecord, 'bytes' | 'arrivedBytes'> & {
  readonly packet: Packet;
};

export type PacketObserver = (
  account: PacketAccount,
  arrivedBytes: PacketRecord['arrivedBytes'],
) => void;

export class Path {
  readonly hosts: Readonly<Record<End, Host>>;
  packets = 0;
  readonly #scheduler: Scheduler;
  readonly #router: Address;
  readonly #onPacket: PacketObserver | undefined;

  constructor(scenario: Scenario, scheduler: Scheduler, onPacket: PacketObserver | undefined) {
    this.#scheduler = scheduler;
    this.#router = addressOf(scenario.router);
    this.#onPacket = onPacket;
    const make = (end: End, send: (packet: Packet) => void) =>
      new Host(
        {
          name: end,
          address: addressOf(scenario[end].address),
          mtu: scenario.hostMtu,
          forbidsCutting: scenario.forbidsCutting,
        },
        scheduler,
        send,
      );
    const client: Host = make('client', (packet) => this.#send('client', up, packet));
    const server: Host = make('server', (packet) => this.#send('server', down, packet));
    const link = ({ shape, faults }: ScenarioLink, number: 0 | 1, end: Host) =>
      new LinkDirection(shape, createLinkFaults(faults, scenario.seed, number), scheduler, end);
    const up = link(scenario.up, 0, server);
    const down = link(scenario.down, 1, client);
    this.hosts = { client, server };
  }

  #send(from: End, link: LinkDirection, packet: Packet): void {
    const to = from === 'client' ? 'server' : 'client';
    const { mtu } = link.shape;
    if (packet.length > mtu && mayBeCut(packet.bytes)) {
      for (const bytes of cutIpv4(packet.bytes, mtu)) {
        const piece = pieceOf(packet, bytes, `fragment of: ${packet.why}`);
        this.#account(from, to, piece, link.send(piece));
      }
      return;
    }
    this.#account(from, to, packet, link.send(packet));
    if (packet.length > mtu) this.#refuse(from, packet, mtu);
  }

  /** The router is next to the sender: its answer comes at once. */
  #refuse(to: End, packet: Packet, mtu: number): void {
    const isSix = packet.source.bytes.length === 16;
    const kind = isSix
      ? { type: ICMP_TYPE[6].tooBig, code: 0 }
      : { type: ICMP_TYPE[4].unreachable, code: ICMP_CODE[4].tooBig };
    const message: IcmpMessage = { ...kind, rest: mtu, payload: quoteOf(packet) };
    const ends = { source: this.#router, destination: packet.source };
    const answer = new Packet(ends, { kind: 'icmp', message }, 'packet too big');
    this.#scheduler.schedule(0, () => {
      const at = this.#scheduler.now();
      this.#account('router', to, answer, { leftAt: at, waits: 0, deliveries: [{ at }] });
      this.hosts[to].receive(answer, { at });
    });
  }

  #account(from: End | 'router', to: End, packet: Packet, fate: Fate): void {
    this.packets++;
    const onPacket = this.#onPacket;
    if (!onPacket) return;
    const { leftAt, waits, deliveries, lostTo } = fate;
    const base = { from, to, leftAt, waited: waits, why: packet.why, packet };
    if (deliveries.length === 0) {
      onPacket({ ...base, ...(lostTo !== undefined && { lostTo }) }, undefined);
    }
    for (const { at, bytes } of deliveries) onPacket({ ...base, arrivedAt: at }, bytes);
  }
}
