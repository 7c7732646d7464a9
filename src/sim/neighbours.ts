// A host on Ethernet: puts its packets into frames, and finds out by ARP (RFC 826) which card has an
// address. Packets wait meanwhile; who does not answer three times is given up, as Linux does it.

import { type Bytes, EMPTY, isSameBytes } from '../lib/bytes.ts';
import { seconds } from '../lib/time.ts';
import { type ArpMessage, buildArp, readArp } from '../wire/arp.ts';
import { ETHER_TYPE } from '../wire/ether-type.ts';
import { buildEthernet, ethernetPayload } from '../wire/ethernet.ts';
import { formatAddress } from '../wire/ip-address.ts';
import type { Delivery, Receiver } from './link.ts';
import { type Address, type Ends, type Packet, pieceOf } from './packet.ts';
import type { Scheduler } from './scheduler.ts';

/** What a frame has beside its packet. */
export const ETHERNET_HEADER = 14;
const ASK = 1;
const ANSWER = 2;
/** Once a second (RFC 1122 §2.3.2.1), and Linux mcast_solicit times. */
const ASK_EVERY = seconds(1);
const ASK_TIMES = 3;
/** Packets that wait for one answer: what Linux unres_qlen_bytes takes of full ones. */
const MOST_WAITING = 101;
const EVERYBODY = new Uint8Array(6).fill(0xff);
const UNKNOWN = new Uint8Array(6);

/** An address that nobody bought: locally administered. */
export const hardwareAddress = (n: number): Bytes => Uint8Array.of(2, 0, 0, 0, 0, n);

/** A packet in its frame. IPv6 asks nobody here: its Neighbor Discovery is left out. */
export function framed(packet: Packet, destination: Bytes, source: Bytes): Packet {
  const type = packet.source.bytes.length === 4 ? ETHER_TYPE.ipv4 : ETHER_TYPE.ipv6;
  return pieceOf(packet, buildEthernet(destination, source, type, packet.bytes), packet.why);
}

interface Question {
  readonly waiting: Packet[];
  asked: number;
}

interface Wiring {
  readonly address: Address;
  readonly hardware: Bytes;
  /** What needs no asking, by address. */
  readonly known?: ReadonlyMap<string, Bytes>;
  readonly scheduler: Scheduler;
  readonly transmit: (frame: Packet) => void;
  /** Takes the packets that came in frames. */
  readonly host: Receiver;
}

export class Neighbours implements Receiver {
  readonly #wiring: Wiring;
  readonly #known: Map<string, Bytes>;
  readonly #questions = new Map<string, Question>();

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
    this.#known = new Map(wiring.known);
  }

  send(packet: Packet): void {
    const { transmit, hardware } = this.#wiring;
    const { destination } = packet;
    const card = this.#known.get(destination.text);
    if (card) {
      transmit(framed(packet, card, hardware));
      return;
    }
    const open = this.#questions.get(destination.text);
    const question = open ?? { waiting: [], asked: 0 };
    question.waiting.push(packet);
    if (question.waiting.length > MOST_WAITING) question.waiting.shift();
    if (open) return;
    this.#questions.set(destination.text, question);
    this.#ask(destination, question);
  }

  #ask(about: Address, question: Question): void {
    if (this.#questions.get(about.text) !== question) return;
    if (question.asked === ASK_TIMES) {
      this.#questions.delete(about.text);
      return;
    }
    question.asked++;
    const message = { ...this.#self(ASK), targetHardware: UNKNOWN, targetAddress: about.bytes };
    this.#say(message, EVERYBODY, { source: this.#wiring.address, destination: about });
    this.#wiring.scheduler.schedule(ASK_EVERY, () => this.#ask(about, question));
  }

  #self(operation: number): Pick<ArpMessage, 'operation' | 'senderHardware' | 'senderAddress'> {
    const { hardware, address } = this.#wiring;
    return { operation, senderHardware: hardware, senderAddress: address.bytes };
  }

  #say(message: ArpMessage, card: Bytes, ends: Ends): void {
    const { hardware, transmit } = this.#wiring;
    const frame = buildEthernet(card, hardware, ETHER_TYPE.arp, buildArp(message));
    transmit(pieceOf(ends, frame, message.operation === ASK ? 'who has it' : 'it is here'));
  }

  receive(frame: Packet, { at, bytes: damaged }: Delivery): void {
    // The frame check sequence, which captures do not show, does not fit: the card drops it.
    if (damaged) return;
    const { hardware, host } = this.#wiring;
    const { bytes } = frame;
    const to = bytes.subarray(0, 6);
    if (!isSameBytes(to, hardware) && !isSameBytes(to, EVERYBODY)) return;
    const inner = ethernetPayload(bytes, 0, bytes.length);
    const payload = inner ? bytes.subarray(inner.at) : EMPTY;
    if (inner?.etherType === ETHER_TYPE.arp) this.#receiveArp(payload);
    else if (inner?.etherType === ETHER_TYPE.ipv4 || inner?.etherType === ETHER_TYPE.ipv6) {
      host.receive(pieceOf(frame, payload, frame.why), { at });
    }
  }

  /** RFC 826, Packet Reception: who asks is known from then on. */
  #receiveArp(bytes: Bytes): void {
    const message = readArp(bytes);
    if (!message || !isSameBytes(message.targetAddress, this.#wiring.address.bytes)) return;
    const { senderHardware, senderAddress, operation } = message;
    const from: Address = { text: formatAddress(senderAddress), bytes: senderAddress };
    this.#learn(from, senderHardware);
    if (operation !== ASK) return;
    const answer = { targetHardware: senderHardware, targetAddress: senderAddress };
    const ends = { source: this.#wiring.address, destination: from };
    this.#say({ ...this.#self(ANSWER), ...answer }, senderHardware, ends);
  }

  #learn({ text }: Address, hardware: Bytes): void {
    this.#known.set(text, hardware);
    const question = this.#questions.get(text);
    this.#questions.delete(text);
    for (const packet of question?.waiting ?? []) this.send(packet);
  }
}
