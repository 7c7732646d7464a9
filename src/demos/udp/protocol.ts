// A small protocol on top of UDP, of parts that can be left out: numbers, acknowledgements, a timeout,
// order. Left out, each fails in its own way. Knows no link and no picture.

import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { CLIENT_PORT, type End, type Lane, SERVER_PORT, type Simulation } from '../network.ts';
import type { TimedMessage } from '../tcp-messages.ts';

export const LANE = 'the link';
/** Then it gives up. */
const MOST_TRIES = 5;
/** Without acknowledgements it can only repeat everything, this often in all. */
const BLIND_TRIES = 2;

export interface Parts {
  /** `yes` or `no`. */
  readonly number: string;
  readonly ack: string;
  /** ms, or `never`. */
  readonly timeout: string;
  /** `as-they-come` or `in-order`. */
  readonly order: string;
}

function sendText(lane: Lane, from: End, payload: Uint8Array, why: string): void {
  const isUp = from === 'client';
  const [host, peer] = isUp ? [lane.client, lane.server] : [lane.server, lane.client];
  const [sourcePort, destinationPort] = isUp
    ? [CLIENT_PORT, SERVER_PORT]
    : [SERVER_PORT, CLIENT_PORT];
  host.send(peer.address, { kind: 'udp', datagram: { sourcePort, destinationPort, payload } }, why);
}

export class Sender {
  readonly #simulation: Simulation;
  readonly #lane: Lane;
  readonly #parts: Parts;
  /** Not acknowledged yet, oldest first. */
  readonly #open: TimedMessage[] = [];

  constructor(simulation: Simulation, lane: Lane, parts: Parts) {
    this.#simulation = simulation;
    this.#lane = lane;
    this.#parts = parts;
    lane.client.bind(CLIENT_PORT, (payload) => this.#acknowledged(decodeUtf8(payload).text));
  }

  send(message: TimedMessage): void {
    this.#open.push(message);
    this.#simulation.note(LANE, 'client', 'emitted', message.id);
    this.#transmit(message, 1);
  }

  #transmit(message: TimedMessage, tries: number): void {
    if (tries > 1) this.#simulation.note(LANE, 'client', 'resent', message.id);
    sendText(this.#lane, 'client', message.bytes, tries > 1 ? 'sent again' : 'a message');
    const { timeout, ack } = this.#parts;
    if (timeout === 'never') return;
    this.#simulation.scheduler.schedule(Number(timeout) * 1_000, () => {
      if (!this.#open.includes(message)) return;
      if (tries < (ack === 'yes' ? MOST_TRIES : BLIND_TRIES)) this.#transmit(message, tries + 1);
      else if (ack === 'yes') this.#simulation.note(LANE, 'client', 'abandoned', message.id);
    });
  }

  /** An acknowledgement without a number can only be taken for the oldest message. */
  #acknowledged(text: string): void {
    const number = /^ack (\d+)$/.exec(text)?.[1];
    const index = number === undefined ? 0 : this.#open.findIndex(({ id }) => id === `m-${number}`);
    const [message] = index < 0 ? [] : this.#open.splice(index, 1);
    if (message) this.#simulation.note(LANE, 'client', 'acknowledged', message.id);
  }
}

export class Receiver {
  readonly #simulation: Simulation;
  readonly #lane: Lane;
  readonly #parts: Parts;
  readonly #seen = new Set<number>();
  /** Numbers that came before their turn. */
  readonly #early = new Set<number>();
  #next = 1;

  constructor(simulation: Simulation, lane: Lane, parts: Parts) {
    this.#simulation = simulation;
    this.#lane = lane;
    this.#parts = parts;
    lane.server.bind(SERVER_PORT, (payload) => this.#receive(decodeUtf8(payload).text));
  }

  #receive(text: string): void {
    const { number, ack, order } = this.#parts;
    // For the picture only: which reading it is stands in its value too. The program has the number or nothing.
    const reading = Number(/21\.(\d)/.exec(text)?.[1]);
    if (ack === 'yes') {
      const answer = number === 'yes' ? `ack ${reading}` : 'ack';
      sendText(this.#lane, 'server', encodeUtf8(answer), 'acknowledgement');
    }
    if (number === 'no') {
      this.#handle(reading);
      return;
    }
    if (this.#seen.has(reading)) {
      this.#simulation.note(LANE, 'server', 'repeated', `m-${reading}`);
      return;
    }
    this.#seen.add(reading);
    if (order === 'as-they-come') this.#handle(reading);
    else this.#inOrder(reading);
  }

  #inOrder(reading: number): void {
    this.#early.add(reading);
    while (this.#early.delete(this.#next)) {
      this.#handle(this.#next);
      this.#next++;
    }
  }

  #handle(reading: number): void {
    this.#simulation.note(LANE, 'server', 'handled', `m-${reading}`);
  }
}
