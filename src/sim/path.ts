// The way between two hosts: a link each way, and a router at its near end that cuts packets that are
// too long for it, or drops them and says so (RFC 792, RFC 4443).

import { LINK } from '../capture/link-types.ts';
import type { PacketRecord } from '../capture/packets.ts';
import { ICMP_CODE, ICMP_TYPE, type IcmpMessage } from '../wire/icmp.ts';
import { cutIpv4, mayBeCut } from './fragments.ts';
import { Host, quoteOf } from './host.ts';
import { type Fate, LinkDirection, type Receiver } from './link.ts';
import { createLinkFaults } from './link-faults.ts';
import { ETHERNET_HEADER, framed, hardwareAddress, Neighbours } from './neighbours.ts';
import { type Address, addressOf, Packet, pieceOf } from './packet.ts';
import type { Scenario, ScenarioLink } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';

export type End = 'client' | 'server';

/** A packet at the moment it leaves; its fate is known then. */
export type PacketAccount = Omit<PacketRecord, 'bytes' | 'arrivedBytes'> & {
  /** On Ethernet a packet whose bytes are the frame. */
  readonly packet: Packet;
};

export type PacketObserver = (
  account: PacketAccount,
  arrivedBytes: PacketRecord['arrivedBytes'],
) => void;

const CARDS = {
  client: hardwareAddress(1),
  server: hardwareAddress(2),
  router: hardwareAddress(0xfe),
} as const;

export class Path {
  readonly hosts: Readonly<Record<End, Host>>;
  packets = 0;
  readonly #scheduler: Scheduler;
  readonly #router: Address;
  readonly #onPacket: PacketObserver | undefined;
  readonly #linkType: number | undefined;
  readonly #links: Readonly<Record<End, LinkDirection>>;
  /** The longest packet that each direction takes. */
  readonly #mtu: Readonly<Record<End, number>>;
  /** What the links hand over to: the hosts, or what takes their packets out of frames. */
  readonly #receivers: Readonly<Record<End, Receiver>>;

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
    const client = make('client', (packet) => this.#send('client', packet));
    const server = make('server', (packet) => this.#send('server', packet));
    this.hosts = { client, server };
    this.#linkType = scenario.isEthernet ? LINK.ethernet : undefined;
    this.#mtu = { client: scenario.up.shape.mtu, server: scenario.down.shape.mtu };
    const more = scenario.isEthernet ? ETHERNET_HEADER : 0;
    const link = ({ shape, faults }: ScenarioLink, number: 0 | 1, end: End) =>
      new LinkDirection(
        { ...shape, mtu: shape.mtu + more },
        createLinkFaults(faults, scenario.seed, number),
        scheduler,
        { receive: (packet, delivery) => this.#receivers[end].receive(packet, delivery) },
      );
    const up = link(scenario.up, 0, 'server');
    const down = link(scenario.down, 1, 'client');
    this.#links = { client: up, server: down };
    this.#receivers = scenario.isEthernet ? this.#onEthernet() : this.hosts;
  }

  #onEthernet(): Readonly<Record<End, Neighbours>> {
    const { client, server } = this.hosts;
    const isSix = client.address.bytes.length === 16;
    const known = new Map([
      [client.address.text, CARDS.client],
      [server.address.text, CARDS.server],
    ]);
    const make = (end: End) =>
      new Neighbours({
        address: this.hosts[end].address,
        hardware: CARDS[end],
        ...(isSix && { known }),
        scheduler: this.#scheduler,
        transmit: (frame) => this.#transmit(end, frame),
        host: this.hosts[end],
      });
    return { client: make('client'), server: make('server') };
  }

  #send(from: End, packet: Packet): void {
    const mtu = this.#mtu[from];
    if (packet.length > mtu && mayBeCut(packet.bytes)) {
      for (const bytes of cutIpv4(packet.bytes, mtu)) {
        this.#carry(from, pieceOf(packet, bytes, `fragment of: ${packet.why}`));
      }
      return;
    }
    this.#carry(from, packet);
    if (packet.length > mtu) this.#refuse(from, packet, mtu);
  }

  #carry(from: End, packet: Packet): void {
    const sender = this.#receivers[from];
    if (sender instanceof Neighbours) sender.send(packet);
    else this.#transmit(from, packet);
  }

  #transmit(from: End, packet: Packet): void {
    const to = from === 'client' ? 'server' : 'client';
    this.#account(from, to, packet, this.#links[from].send(packet));
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
      const seen = this.#linkType === undefined ? answer : framed(answer, CARDS[to], CARDS.router);
      this.#account('router', to, seen, { leftAt: at, waits: 0, deliveries: [{ at }] });
      this.hosts[to].receive(answer, { at });
    });
  }

  #account(from: End | 'router', to: End, packet: Packet, fate: Fate): void {
    this.packets++;
    const onPacket = this.#onPacket;
    if (!onPacket) return;
    const { leftAt, waits, deliveries, lostTo } = fate;
    const { why } = packet;
    const linkType = this.#linkType === undefined ? {} : { linkType: this.#linkType };
    const base = { from, to, leftAt, waited: waits, why, packet, ...linkType };
    if (deliveries.length === 0) {
      onPacket({ ...base, ...(lostTo !== undefined && { lostTo }) }, undefined);
    }
    for (const { at, bytes } of deliveries) onPacket({ ...base, arrivedAt: at }, bytes);
  }
}
