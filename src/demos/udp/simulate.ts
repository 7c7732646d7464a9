// Six readings of a thermometer over a link that may lose, hold back and double: over UDP with as much of
// a protocol as the learner chose, or over TCP. The same settings give the same run.

import type { Capture } from '../../capture/capture.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { LinkFault } from '../../sim/link.ts';
import { createLinkFaults } from '../../sim/link-faults.ts';
import { Lane, Simulation } from '../network.ts';
import { type Mishap, plannedFault } from '../planned-fault.ts';
import { sendOverTcp, type TimedMessage } from '../tcp-messages.ts';
import { LANE, type Parts, Receiver, Sender } from './protocol.ts';

export interface UdpParams extends Parts {
  readonly carrier: string;
  readonly pace: string;
  readonly link: string;
  readonly seed: string;
}

const COUNT = 6;
/** A TCP connection is open by then, so that both carriers begin alike. */
const SENT_AT = 60;
const PACE_MS = 20;

export function simulateUdp(params: UdpParams): Capture {
  const simulation = new Simulation();
  const [up, down] = faultsOf(params);
  const shape = { name: LANE, subnet: 0, delayMs: 20, rate: 10_000_000, mtu: 1_500 };
  const lane = new Lane(simulation, { ...shape, up, down });
  const messages = messagesOf(params);
  if (params.carrier === 'tcp') {
    sendOverTcp({ simulation, lane, name: LANE, messages, seed: 11, isHasty: true });
  } else {
    new Receiver(simulation, lane, params);
    const sender = new Sender(simulation, lane, params);
    for (const message of messages) simulation.at(message.at, () => sender.send(message));
  }
  return simulation.finish(5_000);
}

function messagesOf({ pace, carrier, number }: UdpParams): TimedMessage[] {
  const gap = pace === 'together' ? 0 : PACE_MS;
  return Array.from({ length: COUNT }, (_, i) => {
    const head = number === 'yes' && carrier === 'udp' ? `${i + 1} ` : '';
    const text = `${head}room 7: 21.${i + 1} C`;
    return { id: `m-${i + 1}`, at: SENT_AT + i * gap, bytes: encodeUtf8(text) };
  });
}

type Planned = readonly (readonly [number, Mishap])[];
const UP: Planned = [
  [2, 'lost'],
  [3, 'held'],
  [5, 'twice'],
];
const DOWN: Planned = [[4, 'lost']];
const TIMES = { heldMs: 50, secondAfterMs: 9 };

function faultsOf({
  link,
  carrier,
  seed,
}: UdpParams): [readonly LinkFault[], readonly LinkFault[]] {
  if (link === 'chance') {
    const choices = [
      { name: 'loss', params: { rate: 20 } },
      { name: 'reorder', params: { rate: 20, by: 50 } },
      { name: 'duplicate', params: { rate: 10, gap: 9 } },
    ];
    const number = Number(seed);
    return [createLinkFaults(choices, number, 0), createLinkFaults(choices, number, 1)];
  }
  if (link === 'good') return [[], []];
  // Of a TCP connection SYN and ACK pass first, and one SYN with ACK comes back.
  const later = (all: Planned, by: number) => new Map(all.map(([n, what]) => [n + by, what]));
  const isTcp = carrier === 'tcp';
  return [
    [plannedFault(later(UP, isTcp ? 2 : 0), TIMES)],
    [plannedFault(later(DOWN, isTcp ? 1 : 0), TIMES)],
  ];
}
