// Clients that the server starts for a learner: each opens one TCP connection to the labs, says the
// learner's text byte for byte, and leaves. It can reach the learner's own lab only, and reads no HTTP.

import { connect, type Socket } from 'node:net';
import { describeEndpoint, SERVER_CLIENT } from '../../src/capture/clients.ts';
import type { Endpoint } from '../../src/capture/record.ts';
import { done, type Reply, refused } from '../../src/contract/call.ts';
import type { SentText, TextEnd } from '../../src/contract/labs.ts';
import { Rate } from '../classroom/rate.ts';
import type { Lab } from './lab.ts';

export interface TextLimits {
  /** At once, of all labs together; each lab has one. */
  readonly clients: number;
  /** At once, for all browsers at one address: a classroom may share one. */
  readonly clientsPerAddress: number;
  readonly perMinute: number;
  /** Of the answers; the client leaves when there are more. */
  readonly answerBytes: number;
  /** How long nothing may come before the client leaves. */
  readonly quietMs: number;
  readonly mostMs: number;
}

export const TEXT_LIMITS: TextLimits = {
  clients: 200,
  clientsPerAddress: 50,
  perMinute: 40,
  answerBytes: 100_000,
  quietMs: 1_200,
  mostMs: 4_000,
};

interface Address {
  readonly port: number;
  readonly host: string;
}

interface Place {
  readonly lab: Lab;
  readonly lane: string;
}

const MINUTE_MS = 60_000;
/** How long the other end may take to end the connection as well. */
const CLOSING_MS = 300;

const ENDINGS: Readonly<Record<TextEnd, string>> = {
  server: 'the server ended the connection',
  quiet: 'nothing more came, so the client ended the connection',
  late: 'its time was over, so the client ended the connection',
  'too-much': 'the answers were too long, so the client ended the connection',
};

export class TextClients {
  readonly #address: () => Address;
  readonly #limits: TextLimits;
  readonly #rate: Rate;
  /** Lab → the address of its browser. */
  readonly #busy = new Map<string, string>();
  readonly #places = new Map<string, Place>();

  /** `address` is where the labs listen on this machine: the only one that is ever called. */
  constructor(address: () => Address, limits: TextLimits = TEXT_LIMITS) {
    this.#address = address;
    this.#limits = limits;
    this.#rate = new Rate(limits.perMinute, MINUTE_MS, () => performance.now());
  }

  /** Which lab the client at that address and port may speak to, where it is one of these. */
  placeOf(client: Endpoint): Place | undefined {
    return this.#places.get(describeEndpoint(client));
  }

  /** For a browser at `address`. Resolves when the client has left. */
  async send(place: Place, text: string, address = ''): Promise<Reply<SentText>> {
    const { lab, lane } = place;
    if (!lab.hasLane(lane)) {
      return refused('send/no-such-lane', `This lab has no lane "${lane}".`);
    }
    if (this.#isBusy(lab.id, address)) {
      return refused('send/busy', 'Another text is still being sent. Try again when it is over.');
    }
    if (!this.#rate.take(lab.id)) {
      const message = 'Too many texts were sent from this lab. Wait a minute and send it again.';
      return refused('send/slow-down', message);
    }
    this.#busy.set(lab.id, address);
    try {
      return await this.#speak(place, text);
    } finally {
      this.#busy.delete(lab.id);
    }
  }

  #isBusy(lab: string, address: string): boolean {
    const { clients, clientsPerAddress } = this.#limits;
    const theirs = [...this.#busy.values()].filter((one) => one === address).length;
    return this.#busy.has(lab) || this.#busy.size >= clients || theirs >= clientsPerAddress;
  }

  #speak(place: Place, text: string): Promise<Reply<SentText>> {
    return new Promise((resolve) => {
      const socket = connect({ ...this.#address(), noDelay: true });
      const fail = (): void =>
        resolve(
          refused('send/no-connection', 'The client could not connect to the labs. Run it again.'),
        );
      socket.on('error', () => undefined);
      socket.once('close', fail);
      socket.once('connect', () => {
        socket.off('close', fail);
        const self = describeEndpoint(localEnd(socket));
        this.#places.set(self, place);
        note(place, 'connected', self);
        const leave = this.#listen(socket);
        socket.once('close', () => {
          this.#places.delete(self);
          const end = leave();
          note(place, 'disconnected', `${self}: ${ENDINGS[end]}`);
          resolve(done({ end }));
        });
        socket.write(text);
      });
    });
  }

  /** Ends the connection when its time has come. What is returned stops that and says what ended it. */
  #listen(socket: Socket): () => TextEnd {
    const { quietMs, mostMs, answerBytes } = this.#limits;
    let end: TextEnd | undefined;
    let bytes = 0;
    const timers: NodeJS.Timeout[] = [];
    const leave = (why: TextEnd): void => {
      end ??= why;
      socket.end();
      timers.push(setTimeout(() => socket.destroy(), CLOSING_MS));
    };
    const quiet = setTimeout(() => leave('quiet'), quietMs);
    timers.push(
      quiet,
      setTimeout(() => leave('late'), mostMs),
    );
    socket.on('data', (piece) => {
      bytes += piece.length;
      quiet.refresh();
      if (bytes <= answerBytes) return;
      end ??= 'too-much';
      socket.destroy();
    });
    return () => {
      for (const timer of timers) clearTimeout(timer);
      return end ?? 'server';
    };
  }
}

/** IPv4 as the front writes it. */
const localEnd = ({ localAddress = '', localPort = 0 }: Socket): Endpoint => ({
  address: localAddress.replace(/^::ffff:(?=\d+\.)/, ''),
  port: localPort,
});

function note({ lab, lane }: Place, what: 'connected' | 'disconnected', detail: string): void {
  const wroteAt = lab.tap.clock();
  lab.tap.note({ lane, who: SERVER_CLIENT, what, message: '', wroteAt, errorMicros: 0, detail });
}
