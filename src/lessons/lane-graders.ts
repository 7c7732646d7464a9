// Questions about one list of messages on two lanes, UDP and TCP, answered by what the programs at the
// ends wrote down. None knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { type MessageFate, messageFates } from '../capture/message-fates.ts';
import type { Grade, Grader } from './grade.ts';

interface Lane {
  readonly fates: readonly MessageFate[];
  readonly missing: readonly MessageFate[];
  /** µs from sending to handling, of what arrived, in the order in which it was sent. */
  readonly delays: readonly number[];
  readonly lost: Frame | undefined;
}

function laneOf(capture: Capture, name: string): Lane {
  const fates = messageFates(capture).filter(({ lane }) => lane === name);
  const ids = new Set(capture.connections.filter(({ lane }) => lane === name).map(({ id }) => id));
  return {
    fates,
    missing: fates.filter(({ handledAt }) => handledAt.length === 0),
    delays: fates.flatMap(({ handledAt: [at], emittedAt }) =>
      at === undefined ? [] : at - emittedAt,
    ),
    lost: capture.frames.find(
      ({ connection, transit }) =>
        ids.has(connection) && transit !== undefined && transit.arrivedAt === undefined,
    ),
  };
}

/** A question for a capture that has both lanes. */
const ofLanes =
  (answer: (udp: Lane, tcp: Lane) => Grade): Grader =>
  (capture) => {
    const [udp, tcp] = [laneOf(capture, 'UDP'), laneOf(capture, 'TCP')];
    return udp.fates.length > 0 && tcp.fates.length > 0 ? answer(udp, tcp) : undefined;
  };

const grade = (answer: string, sentence: string, frame?: Frame): Grade =>
  frame
    ? { answer, sentence, evidence: { frame: frame.id, layer: frame.layers.length - 1 } }
    : { answer, sentence };

const middle = (delays: readonly number[]): number =>
  delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Number.NaN;

const ms = (micros: number): string => `${(micros / 1_000).toFixed(1)} ms`;

/** Nearer than a tenth counts as the same. */
const faster = ofLanes((udp, tcp) => {
  const [a, b] = [middle(udp.delays), middle(tcp.delays)];
  const answer = Math.abs(a - b) <= 0.1 * Math.min(a, b) ? 'same' : a < b ? 'udp' : 'tcp';
  return grade(
    answer,
    `half of the messages within ${ms(a)} over UDP and within ${ms(b)} over TCP`,
  );
});

/** Half as long again as the quickest is a delay. */
const isLate = (delay: number, { delays }: Lane): boolean => delay > 1.5 * Math.min(...delays);

const lossOver = (pick: (udp: Lane, tcp: Lane) => Lane, name: string): Grader =>
  ofLanes((udp, tcp) => {
    const lane = pick(udp, tcp);
    const { missing, delays, lost } = lane;
    if (missing.length > 0) {
      const names = missing.map(({ id }) => id).join(', ');
      return grade('missing', `that ${names} never came over ${name}`, lost);
    }
    const most = Math.max(...delays);
    return isLate(most, lane)
      ? grade('delay', `every message over ${name}, one of them only after ${ms(most)}`, lost)
      : grade('nothing', `every message over ${name}, none of them late`, lost);
  });

const heldUp = ofLanes((_, tcp) => {
  const late = tcp.delays.filter((delay) => isLate(delay, tcp)).length;
  const answer = late === 0 ? 'none' : late === 1 ? 'one' : 'several';
  return grade(answer, `${late} late message${late === 1 ? '' : 's'} over TCP`, tcp.lost);
});

const wholeLane = ofLanes((udp, tcp) => {
  const whole = { udp: udp.missing.length === 0, tcp: tcp.missing.length === 0 };
  const answer = whole.udp && whole.tcp ? 'both' : whole.udp ? 'udp' : whole.tcp ? 'tcp' : 'none';
  const sentence = `${udp.missing.length} missing over UDP, ${tcp.missing.length} missing over TCP`;
  return grade(answer, sentence, udp.lost);
});

/** What the receiving program itself called too late does not count. */
const inTime = ofLanes((udp, tcp) => {
  const timely = ({ fates, missing }: Lane): number =>
    fates.length -
    missing.length -
    fates.filter(({ detail }) => detail?.startsWith('too late')).length;
  const [a, b] = [timely(udp), timely(tcp)];
  const answer = a === b ? 'same' : a > b ? 'udp' : 'tcp';
  return grade(answer, `${a} pieces in time over UDP and ${b} over TCP`, tcp.lost);
});

/** How old the newest value that the receiver has becomes at most, before a newer one is there. */
function oldestShown({ fates }: Lane): number {
  const shown = fates
    .flatMap(({ handledAt: [at], emittedAt }) => (at === undefined ? [] : [{ at, emittedAt }]))
    .toSorted((a, b) => a.at - b.at);
  let newest = shown[0];
  let oldest = 0;
  for (const value of shown) {
    if (!newest || value.emittedAt <= newest.emittedAt) continue;
    oldest = Math.max(oldest, value.at - newest.emittedAt);
    newest = value;
  }
  return oldest;
}

/** On which lane the newest value there is the fresher one, at its worst moment. */
const fresher = ofLanes((udp, tcp) => {
  const [a, b] = [oldestShown(udp), oldestShown(tcp)];
  if (a === 0 || b === 0) return grade('none', 'too few values to compare');
  const answer = Math.abs(a - b) <= 0.1 * Math.min(a, b) ? 'same' : a < b ? 'udp' : 'tcp';
  const sentence = `a newest value that is at most ${ms(a)} old over UDP, and ${ms(b)} over TCP`;
  return grade(answer, sentence, tcp.lost);
});

export const LANE_GRADERS: Readonly<Record<string, Grader>> = {
  'faster-lane': faster,
  'loss-over-tcp': lossOver((_, tcp) => tcp, 'TCP'),
  'loss-over-udp': lossOver((udp) => udp, 'UDP'),
  'held-up-messages': heldUp,
  'lane-with-everything': wholeLane,
  'lane-in-time': inTime,
  'fresher-lane': fresher,
};
