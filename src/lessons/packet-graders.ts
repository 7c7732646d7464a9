// Questions about packets and messages on a link, answered by when packets left and arrived and by what
// the programs wrote down. None knows the right answer.

import type { Capture, Frame, LayerRef } from '../capture/capture.ts';
import { type MessageFate, messageFates } from '../capture/message-fates.ts';
import { isTcp, payloadRange, segmentNumbers, transportOf } from '../capture/packet-reading.ts';
import type { Grade, Grader } from './grade.ts';

const grade = (answer: string, sentence: string, frame: Frame | undefined): Grade => {
  const evidence: LayerRef | undefined = frame && {
    frame: frame.id,
    layer: frame.layers.length - 1,
  };
  return evidence ? { answer, sentence, evidence } : { answer, sentence };
};

const carriesData = (frame: Frame): boolean => {
  const [start, end] = payloadRange(frame);
  return end > start;
};

const isAgain = ({ transit }: Frame): boolean =>
  /retransmission|tail loss probe|sent again/.test(transit?.why ?? '');

const isCopy = ({ transit }: Frame): boolean => /copy made on the way/.test(transit?.why ?? '');

/** Packets with data from the client, each once. */
const firstTries = ({ frames }: Capture): readonly Frame[] =>
  frames.filter(
    (frame) =>
      frame.transit &&
      frame.direction === 'up' &&
      carriesData(frame) &&
      !isAgain(frame) &&
      !isCopy(frame),
  );

const lostOf = ({ frames }: Capture): Frame | undefined =>
  frames.find(({ transit }) => transit && transit.arrivedAt === undefined);

const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five'];
const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const packets = (count: number): string => `${inWords(count)} packet${count === 1 ? '' : 's'}`;
const ms = (micros: number): string => `${Math.round(micros / 1_000)} ms`;

const packetCount: Grader = (capture) => {
  const all = firstTries(capture);
  if (all.length === 0) return undefined;
  return grade(inWords(all.length), `${packets(all.length)} with parts of the message`, all.at(-1));
};

/** Whether the other program got every message. */
const whole: Grader = (capture) => {
  const fates = messageFates(capture);
  if (fates.length === 0) return undefined;
  const missing = fates.filter(({ handledAt }) => handledAt.length === 0);
  if (missing.length > 0) {
    const names = missing.map(({ id }) => id).join(', ');
    return grade('nothing', `that the program never got ${names}`, lostOf(capture));
  }
  const last = capture.frames.findLast(({ direction }) => direction === 'up');
  return grade('whole', 'every message whole at the program', last);
};

const sentAgain: Grader = (capture) => {
  if (capture.frames.length === 0) return undefined;
  const lost = lostOf(capture);
  if (!lost) return grade('none', 'no packet lost', undefined);
  const again = capture.frames.find(
    (frame) => isAgain(frame) && frame.connection === lost.connection && frame.at > lost.at,
  );
  if (!again) return grade('lost', 'a packet lost, and nothing sent again', lost);
  const after = ms(again.at - lost.at);
  return grade('again', `a packet lost, and its bytes sent again ${after} later`, again);
};

const arrivalOrder: Grader = (capture) => {
  const arrived = firstTries(capture).filter(({ transit }) => transit?.arrivedAt !== undefined);
  if (arrived.length < 2) return undefined;
  const overtaken = arrived.find((frame, i) =>
    arrived
      .slice(i + 1)
      .some((later) => Number(later.transit?.arrivedAt) < Number(frame.transit?.arrivedAt)),
  );
  return overtaken
    ? grade('other', 'a packet that arrives after one that left later', overtaken)
    : grade('same', 'packets that arrive in the order in which they left', arrived.at(-1));
};

const copies: Grader = (capture) => {
  const fates = messageFates(capture);
  if (fates.length === 0) return undefined;
  const copy = capture.frames.find(isCopy) ?? capture.frames.find(isAgain);
  const twice = fates.find(({ handledAt }) => handledAt.length > 1);
  if (twice) return grade('twice', `${twice.id} handled ${twice.handledAt.length} times`, copy);
  const known = fates.find(({ repeatedAt }) => repeatedAt.length > 0);
  if (known) return grade('ignored', `a second copy for ${known.id}, which was ignored`, copy);
  return grade('none', 'nothing that arrived twice', copy);
};

/** One packet for several messages, one for each, or several for one. */
const perPacket: Grader = (capture) => {
  const messages = messageFates(capture).length;
  const count = firstTries(capture).length;
  if (messages === 0 || count === 0) return undefined;
  const answer = count < messages ? 'together' : count === messages ? 'each' : 'several';
  const sentence = `${packets(count)} with data for ${inWords(messages)} message${messages === 1 ? '' : 's'}`;
  return grade(answer, sentence, firstTries(capture)[0]);
};

/** Whether anything at all comes back to the sender. */
const senderTold: Grader = (capture) => {
  if (capture.frames.length === 0) return undefined;
  const back = capture.frames.filter(({ direction }) => direction === 'down');
  return back.length === 0
    ? grade('nothing', 'no packet at all from the server', lostOf(capture))
    : grade('something', `${packets(back.length)} from the server`, back[0]);
};

const headerBytes: Grader = (capture) => {
  const frame = firstTries(capture)[0];
  const layer = frame && transportOf(frame);
  if (!frame || !layer) return undefined;
  const size = payloadRange(frame)[0] - layer.range[0];
  return grade(String(size), `${size} bytes between the IP header and the data`, frame);
};

/** Everything, once, and in order: or the first thing wrong. */
const reliable: Grader = (capture) => {
  const fates = messageFates(capture);
  if (fates.length === 0) return undefined;
  const missing = fates.filter(({ handledAt }) => handledAt.length === 0);
  const twice = fates.filter(({ handledAt }) => handledAt.length > 1);
  const firsts = fates.flatMap(({ handledAt: [first] }) => first ?? []);
  const isMixed = firsts.some((at, i) => i > 0 && at < (firsts[i - 1] ?? 0));
  const names = (some: readonly MessageFate[]) => some.map(({ id }) => id).join(', ');
  if (missing.length > 0) return grade('missing', `${names(missing)} missing`, lostOf(capture));
  if (twice.length > 0) return grade('twice', `${names(twice)} handled twice`, undefined);
  if (isMixed) return grade('order', 'all there, but not in order', undefined);
  const last = capture.frames.findLast(({ direction }) => direction === 'up');
  return grade('reliable', `all ${fates.length} messages, each once and in order`, last);
};

/** Packets before the first with data. */
const opening: Grader = (capture) => {
  const first = capture.frames.findIndex((frame) => frame.direction === 'up' && carriesData(frame));
  if (first < 0) return undefined;
  return grade(inWords(first), `${packets(first)} before the first with data`, capture.frames[0]);
};

const NOTICED: Readonly<Record<string, readonly [string, string]>> = {
  'fast retransmission': [
    'acknowledgements',
    'a fast retransmission, caused by what was acknowledged',
  ],
  'tail loss probe': ['probe', 'a probe, sent because no acknowledgement came'],
  'retransmission after timeout': ['timeout', 'a retransmission after the timeout ran out'],
};

/** What made the sender send again first. */
const noticedBy: Grader = (capture) => {
  const again = capture.frames.find(isAgain);
  const [answer, sentence] = NOTICED[again?.transit?.why ?? ''] ?? [];
  return again && answer && sentence ? grade(answer, sentence, again) : undefined;
};

/** What a TCP receiver says of a hole: acknowledgements that repeat one number, or something else. */
const saysOfLoss: Grader = (capture) => {
  const lost = lostOf(capture);
  if (!lost || !isTcp(lost)) return undefined;
  const back = capture.frames.filter(
    (frame) => frame.connection === lost.connection && frame.direction !== lost.direction,
  );
  const said = back.map((frame) => ({ frame, numbers: segmentNumbers(capture, frame) }));
  const after = said.filter(({ frame }) => frame.at > lost.at);
  const repeated = after.find(
    ({ numbers }, i) => i > 0 && numbers?.ack === after[i - 1]?.numbers?.ack,
  );
  const isReset = after.some(({ numbers }) => numbers?.flags.includes('RST'));
  if (isReset) return grade('reset', 'a reset', after[0]?.frame);
  return repeated
    ? grade(
        'repeats',
        `acknowledgements that go on saying ${repeated.numbers?.ack}`,
        repeated.frame,
      )
    : grade('silence', 'no acknowledgement that repeats a number', lost);
};

export const PACKET_GRADERS: Readonly<Record<string, Grader>> = {
  'packet-count': packetCount,
  'message-whole': whole,
  'lost-and-sent-again': sentAgain,
  'arrival-order': arrivalOrder,
  'copies-of-a-packet': copies,
  'messages-per-packet': perPacket,
  'sender-is-told': senderTold,
  'transport-header': headerBytes,
  'reliable-enough': reliable,
  'packets-to-open': opening,
  'loss-noticed-by': noticedBy,
  'receiver-says': saysOfLoss,
};
