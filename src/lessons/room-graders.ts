// Questions about the room of devices: who heard what, in answer to what, and what was true. Each
// takes the learner's own capture; none knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { type Spoken, speakerOf, spokenIn } from '../capture/spoken.ts';
import type { Grader } from './grade.ts';

const MINE = 'panel 1';

/** A client that went for good writes it down last. */
const isOver = ({ notes }: Capture): boolean =>
  notes.some(({ what, who }) => what === 'disconnected' && who === MINE);

/** Grades a room whose run is over, from what was said in it. */
const inRoom =
  (grade: (said: readonly Spoken[], capture: Capture) => ReturnType<Grader>): Grader =>
  (capture) =>
    isOver(capture) ? grade(spokenIn(capture), capture) : undefined;

const stateIn = ({ args }: Spoken): Readonly<Record<string, unknown>> | undefined => {
  const [first] = args;
  return typeof first === 'object' && first !== null && 'version' in first
    ? (first as Readonly<Record<string, unknown>>)
    : undefined;
};

/** Every state that panel 1 heard, told or asked for. */
const heard = (said: readonly Spoken[]): readonly Spoken[] =>
  said.filter((one) => one.who === MINE && one.direction === 'down' && stateIn(one));

const wishIn = ({ args }: Spoken) =>
  args[0] as { readonly what?: unknown; readonly value?: unknown } | undefined;

const isWish = ({ event, direction, isAck }: Spoken): boolean =>
  event === 'set' && direction === 'up' && !isAck;

const isAnswer = ({ event, direction, isAck }: Spoken): boolean =>
  event === 'set' && direction === 'down' && isAck;

const inMs = (from: Pick<Spoken, 'at'>, to: Pick<Spoken, 'at'>): string =>
  `${Math.round((to.at - from.at) / 1_000)} ms`;

/** Whether the sensor's news came to the panel as an event of its own, or in an answer. */
const hearsSensor = inRoom((said) => {
  const spoke = said.find(({ event, direction }) => event === 'occupied' && direction === 'up');
  const came = spoke && heard(said).find((one) => stateIn(one)?.occupied === true);
  if (!spoke || !came) return undefined;
  return came.isAck
    ? {
        answer: 'asked',
        sentence: `the news in an answer to the panel’s question, ${inMs(spoke, came)} after the sensor spoke`,
        evidence: came.ref,
      }
    : {
        answer: 'told',
        sentence: `an event from the server that nobody had asked for, ${inMs(spoke, came)} after the sensor spoke`,
        evidence: came.ref,
      };
});

/** How many of the panel's questions for news were answered with what it knew already. */
const wastedAsks = inRoom((said) => {
  const answers = heard(said).filter(({ isAck }) => isAck);
  const wasted = answers.filter(
    (one, i) => i > 0 && stateIn(one)?.version === stateIn(answers[i - 1] as Spoken)?.version,
  );
  const evidence = (wasted[0] ?? answers[0])?.ref;
  if (!evidence) return undefined;
  return {
    answer: 2 * wasted.length > answers.length ? 'most' : 'few',
    sentence: `${wasted.length} of ${answers.length} answers with nothing new in them`,
    evidence,
  };
});

const isPacket = ({ protocol }: Frame['layers'][number]): boolean => protocol === 'engineio';

interface Poll {
  readonly from: Frame;
  readonly to: Frame;
  readonly isNews: boolean;
}

/** The panel's GET requests with their answers, in order. */
function pollsOf(capture: Capture): readonly Poll[] {
  const whose = speakerOf(capture);
  return capture.pairs.flatMap(({ kind, from, to }): Poll[] => {
    const asked = capture.frames[from.frame];
    const answer = capture.frames[to.frame];
    if (kind !== 'request-response' || !asked || !answer) return [];
    const isGet = asked.layers[0]?.summary.startsWith('GET ') === true;
    if (whose(asked) !== MINE || !isGet) return [];
    return [{ from: asked, to: answer, isNews: answer.layers.some(isPacket) }];
  });
}

/** Whether a poll waits at the server until there is news (M10). */
const hangingPoll = inRoom((_, capture) => {
  const polls = pollsOf(capture);
  const held = polls
    .filter(({ isNews }) => isNews)
    .toSorted((a, b) => b.to.at - b.from.at - (a.to.at - a.from.at));
  const [longest] = held;
  if (!longest) return undefined;
  const isHanging = 2 * held.length > polls.length;
  return {
    answer: isHanging ? 'hangs' : 'empty',
    sentence: isHanging
      ? `${polls.length} requests of the panel, ${held.length} answered with a packet; one waited ${inMs(longest.from, longest.to)} for it`
      : `${polls.length - held.length} of ${polls.length} requests answered with nothing`,
    evidence: { frame: longest.to.id, layer: 0 },
  };
});

/** HTTP requests that the panel needed to hear everything, after the first one. */
const requestsForNews = inRoom((said, capture) => {
  const news = heard(said).filter(({ isAck }) => !isAck);
  const last = news.at(-1);
  if (!last) return undefined;
  const whose = speakerOf(capture);
  const requests = capture.frames.filter(
    (frame) =>
      frame.direction === 'up' && frame.layers[0]?.protocol === 'http' && whose(frame) === MINE,
  );
  const count = requests.length;
  return {
    answer: count <= 1 ? 'one' : 'many',
    sentence: `${count} HTTP request${count === 1 ? '' : 's'} of panel 1 in all, and ${news.length} pieces of news`,
    evidence: last.ref,
  };
});

/** Whether the panel ends with what was wished or with what the device did. */
const wishOrDeed = inRoom((said) => {
  const wish = said.find((one) => isWish(one) && one.who === MINE);
  const last = heard(said).at(-1);
  const { what, value } = (wish && wishIn(wish)) ?? {};
  const shown = last && stateIn(last)?.[String(what)];
  if (!last || shown === undefined) return undefined;
  const evidence = heard(said).find((one) => stateIn(one)?.[String(what)] === shown)?.ref;
  return {
    answer: shown === value ? 'wish' : 'deed',
    sentence: `that ${String(value)} was wished, and ${String(shown)} is what the panel heard in the end`,
    ...(evidence ? { evidence } : {}),
  };
});

/** What became of two wishes for the same knob. */
const twoWishes = inRoom((said) => {
  const answers = said.filter(isAnswer);
  const refused = answers.find(({ args }) => String(args[0]).startsWith('refused'));
  if (refused) {
    return {
      answer: 'refused',
      sentence: `“${String(refused.args[0])}” for ${refused.who}`,
      evidence: refused.ref,
    };
  }
  const wishes = said.filter(isWish);
  const last = heard(said).at(-1);
  const evidence = wishes.at(-1)?.ref;
  if (!last || !evidence || wishes.length < 2) return undefined;
  const { what } = wishIn(wishes[0] as Spoken) ?? {};
  const isLast = stateIn(last)?.[String(what)] === wishIn(wishes.at(-1) as Spoken)?.value;
  return {
    answer: isLast ? 'last' : 'first',
    sentence: `both wishes acknowledged, and ${String(what)} ${String(stateIn(last)?.[String(what)])} in the end`,
    evidence,
  };
});

/** Whether an acknowledgement means that the device has it (M12). */
const ackAndDevice = inRoom((said) => {
  const answer = said.find((one) => isAnswer(one) && one.who === MINE);
  if (!answer) return undefined;
  const word = String(answer.args[0]);
  const told = said.some(
    ({ who, event, direction, isAck, at }) =>
      who === 'amplifier' && event === 'set' && direction === 'down' && !isAck && at <= answer.at,
  );
  if (word.startsWith('refused')) {
    return { answer: 'refused', sentence: `the answer “${word}”`, evidence: answer.ref };
  }
  return {
    answer: told ? 'both' : 'server-only',
    sentence: told
      ? `the acknowledgement “${word}”, and the command to the amplifier before it`
      : `the acknowledgement “${word}”, and no command to the amplifier`,
    evidence: answer.ref,
  };
});

/** What the amplifier gets when it is back: the state of the room, or the wishes that it missed. */
const onReturn = inRoom((said) => {
  const hellos = said.filter(
    ({ who, event, isAck }) => who === 'amplifier' && event === 'hello' && isAck,
  );
  const back = hellos[1];
  if (!back) return undefined;
  const isTold = said.some(
    ({ who, event, direction, isAck, at }) =>
      who === 'amplifier' && event === 'set' && direction === 'down' && !isAck && at >= back.at,
  );
  return isTold
    ? { answer: 'wishes', sentence: 'the wishes sent to it again', evidence: back.ref }
    : {
        answer: 'state',
        sentence: `one answer with the state of the room, volume ${String(stateIn(back)?.volume)}`,
        evidence: back.ref,
      };
});

export const ROOM_GRADERS: Readonly<Record<string, Grader>> = {
  'room-hears-sensor': hearsSensor,
  'room-wasted-asks': wastedAsks,
  'room-hanging-poll': hangingPoll,
  'room-requests-for-news': requestsForNews,
  'room-wish-or-deed': wishOrDeed,
  'room-two-wishes': twoWishes,
  'room-ack-and-device': ackAndDevice,
  'room-on-return': onReturn,
};
