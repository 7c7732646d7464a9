// One message, or three, cut by a program, by IP or by TCP, and sent over a link that has one mishap in
// store. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { millis } from '../../lib/time.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import { parametersOf } from '../../sim/tcp/parameters.ts';
import { CLIENT_PORT, Lane, SERVER_PORT, Simulation } from '../network.ts';
import { type Mishap, plannedFault } from '../planned-fault.ts';

export interface PacketsParams {
  readonly size: string;
  readonly messages: string;
  readonly cut: string;
  readonly mtu: string;
  readonly trouble: string;
}

interface Plan {
  readonly size: number;
  readonly count: number;
  readonly mtu: number;
}

const LANE = 'the link';
const SENT_AT = 10;
/** The longer of two routes takes so much more. */
const LONGER_MS = 12;
/** The receiving program waits so long for what is missing. */
const PATIENCE_MS = 250;
const IP_AND_UDP = 28;
/** A number and its slash, as in `m1 2/3 `: what the program adds to each piece. */
const PIECE_HEADER = 8;
const PIECE = /^m(\d+) +(\d+)\/(\d+) /;

export function simulatePackets(params: PacketsParams): Capture {
  const plan = {
    size: Number(params.size),
    count: Number(params.messages),
    mtu: Number(params.mtu),
  };
  const simulation = new Simulation();
  const lane = new Lane(simulation, {
    name: LANE,
    subnet: 0,
    delayMs: 20,
    rate: 10_000_000,
    mtu: plan.mtu,
    ...(params.trouble === 'routes' ? { longerRouteMs: LONGER_MS } : {}),
    up: [plannedFault(mishapsOf(params, plan), { heldMs: 12, secondAfterMs: 4 })],
  });
  if (params.cut === 'tcp') byTcp(simulation, lane, plan);
  else if (params.cut === 'ip') byIp(simulation, lane, plan);
  else byProgram(simulation, lane, plan);
  return simulation.finish(3_000);
}

/** TCP's first packet with data is the third on its link: SYN and ACK come before. */
function mishapsOf({ trouble, cut }: PacketsParams, plan: Plan): ReadonlyMap<number, Mishap> {
  const before = cut === 'tcp' ? 2 : 0;
  const second = before + Math.min(2, packetsOf(cut, plan));
  const planned: Readonly<Record<string, readonly (readonly [number, Mishap])[]>> = {
    lost: [[second, 'lost']],
    overtaken: [[second, 'held']],
    twice: [[second, 'twice']],
    all: [
      [before + 1, 'held'],
      [before + 2, 'lost'],
      [before + 3, 'twice'],
    ],
  };
  return new Map(planned[trouble] ?? []);
}

function packetsOf(cut: string, { size, count, mtu }: Plan): number {
  if (cut === 'tcp') return Math.ceil((size * count) / (mtu - 52));
  if (cut === 'ip') return count * Math.ceil((size + 8) / ((mtu - 20) & ~7));
  return count * Math.ceil(size / (mtu - IP_AND_UDP - PIECE_HEADER));
}

const textOf = (message: number, size: number): string =>
  `Message ${message}. ${'abcdefghijklmnopqrstuvwxyz '.repeat(200)}`.slice(0, size);

function byProgram(simulation: Simulation, lane: Lane, { size, count, mtu }: Plan): void {
  const most = mtu - IP_AND_UDP - PIECE_HEADER;
  const arrived = new Map<string, Set<number>>();
  lane.server.bind(SERVER_PORT, (payload) => {
    const [, message = '', number = '', of = ''] = PIECE.exec(decodeUtf8(payload).text) ?? [];
    const pieces = arrived.get(message) ?? new Set<number>();
    arrived.set(message, pieces);
    if (pieces.has(Number(number))) {
      simulation.note(LANE, 'server', 'repeated', `m-${message}`);
      return;
    }
    pieces.add(Number(number));
    if (pieces.size === Number(of)) simulation.note(LANE, 'server', 'handled', `m-${message}`);
  });
  simulation.at(SENT_AT, () => {
    for (let message = 1; message <= count; message++) {
      simulation.note(LANE, 'client', 'emitted', `m-${message}`);
      const text = textOf(message, size);
      const of = Math.ceil(size / most);
      for (let i = 0; i < of; i++) {
        const header = `m${message} ${i + 1}/${of}`.padEnd(PIECE_HEADER);
        sendDatagram(
          lane,
          header + text.slice(i * most, (i + 1) * most),
          `piece ${i + 1} of ${of}`,
        );
      }
    }
  });
  simulation.at(SENT_AT + PATIENCE_MS, () => {
    for (let message = 1; message <= count; message++) {
      const pieces = arrived.get(String(message))?.size ?? 0;
      const of = Math.ceil(size / most);
      if (pieces === of) continue;
      const detail = `${pieces} of ${of} pieces are there`;
      simulation.note(LANE, 'server', 'abandoned', `m-${message}`, detail);
    }
  });
}

function byIp(simulation: Simulation, lane: Lane, { size, count }: Plan): void {
  lane.server.bind(SERVER_PORT, (payload) => {
    const [, message] = /^Message (\d+)/.exec(decodeUtf8(payload).text) ?? [];
    if (message) simulation.note(LANE, 'server', 'handled', `m-${message}`);
  });
  simulation.at(SENT_AT, () => {
    for (let message = 1; message <= count; message++) {
      simulation.note(LANE, 'client', 'emitted', `m-${message}`);
      sendDatagram(lane, textOf(message, size), 'one datagram');
    }
  });
}

function byTcp(simulation: Simulation, lane: Lane, { size, count }: Plan): void {
  const texts = Array.from({ length: count }, (_, i) => encodeUtf8(textOf(i + 1, size)));
  let isOpen = false;
  let received = 0;
  let handled = 0;
  lane.connect(
    {
      client: {
        writes: texts.map((bytes) => ({ at: millis(0), bytes })),
        closes: 'never',
        pauses: [],
      },
      server: { writes: [], closes: 'never', pauses: [] },
    },
    {
      seed: 7,
      parameters: parametersOf('linux'),
      onChange(end, { state }) {
        if (end !== 'client' || state !== 'ESTABLISHED' || isOpen) return;
        isOpen = true;
        for (let i = 1; i <= count; i++) simulation.note(LANE, 'client', 'emitted', `m-${i}`);
      },
      onRead(end, bytes) {
        if (end !== 'server') return;
        received += bytes.length;
        while (handled < count && received >= (handled + 1) * size) {
          handled++;
          simulation.note(LANE, 'server', 'handled', `m-${handled}`);
        }
      },
    },
  );
}

function sendDatagram(lane: Lane, text: string, why: string): void {
  const ports = { sourcePort: CLIENT_PORT, destinationPort: SERVER_PORT };
  const datagram = { ...ports, payload: encodeUtf8(text) };
  lane.client.send(lane.server.address, { kind: 'udp', datagram }, why);
}
