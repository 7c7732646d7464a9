// Questions about one TCP connection, answered by its segments and by what
// both ends know of themselves. None knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { windowEvents } from '../capture/end-events.ts';
import { type SegmentNumbers, segmentNumbers, transportOf } from '../capture/packet-reading.ts';
import { fieldValue } from '../wire/layer.ts';
import type { Grade, Grader } from './grade.ts';

interface Sent extends SegmentNumbers {
  readonly frame: Frame;
}

const segments = (capture: Capture, direction: Frame['direction']): readonly Sent[] =>
  capture.frames.flatMap((frame) => {
    const numbers = frame.direction === direction ? segmentNumbers(capture, frame) : undefined;
    return numbers ? [{ ...numbers, frame }] : [];
  });

const grade = (answer: string, sentence: string, frame: Frame): Grade => ({
  answer,
  sentence,
  evidence: { frame: frame.id, layer: frame.layers.length - 1 },
});

/** The relative sequence number of the second segment with data. */
const secondNumber: Grader = (capture) => {
  const second = segments(capture, 'up').filter(({ length }) => length > 0)[1];
  return second && grade(String(second.seq), `${second.seq} as its first number`, second.frame);
};

/** Whether the sender goes on while the receiver says that it has no room. */
const atZeroWindow: Grader = (capture) => {
  const back = segments(capture, 'down');
  const isClosed = ({ frame }: Sent): boolean => {
    const layer = transportOf(frame);
    return layer !== undefined && fieldValue(layer, 'tcp.window_size_value') === 0;
  };
  const index = back.findIndex(isClosed);
  const closed = back[index];
  if (!closed) {
    const [first] = back;
    return first && grade('open', 'a window that never closes', first.frame);
  }
  const opens = back.slice(index + 1).find((one) => !isClosed(one));
  const from = closed.frame.transit?.arrivedAt ?? closed.frame.at;
  const until = opens?.frame.transit?.arrivedAt ?? capture.endAt;
  const between = segments(capture, 'up').find(
    ({ length, frame }) => length > 1 && frame.at >= from && frame.at < until,
  );
  const silence = Math.round((until - from) / 1_000);
  return between
    ? grade('goes-on', 'data sent into a window of 0', between.frame)
    : grade('waits', `a window of 0, and no data for ${silence} ms`, closed.frame);
};

/** How many of the two directions were closed, each by a FIN of its own. */
const closes: Grader = (capture) => {
  const ends = (['up', 'down'] as const).flatMap(
    (direction) => segments(capture, direction).find(({ flags }) => flags.includes('FIN')) ?? [],
  );
  const last = ends.at(-1);
  if (!last) return undefined;
  return ends.length === 2
    ? grade('two', 'a FIN from each side', last.frame)
    : grade('one', 'a FIN from one side only', last.frame);
};

/** Segments with data that leave before any of it is acknowledged. */
const firstFlight: Grader = (capture) => {
  const data = segments(capture, 'up').filter(({ length }) => length > 0);
  const heard = segments(capture, 'down').find(({ ack = 0 }) => ack > 1);
  const arrivedAt = heard?.frame.transit?.arrivedAt;
  if (arrivedAt === undefined) return undefined;
  const flight = data.filter(({ frame }) => frame.at < arrivedAt);
  const last = flight.at(-1);
  if (!last) return undefined;
  const count = flight.length;
  const answer = count === data.length ? 'all' : String(count);
  return grade(answer, `${count} segments with data before the first answer to them`, last.frame);
};

/** What a loss that the acknowledgements showed, or a timeout, made of the window. */
const windowAfterLoss: Grader = (capture) => {
  const [noticed] = windowEvents(clientOf(capture)).filter(
    ({ kind }) => kind === 'recovery' || kind === 'loss',
  );
  if (!noticed) return undefined;
  const after = windowEvents(clientOf(capture)).find(
    ({ at, kind }) => kind === 'repaired' && at > noticed.at,
  );
  const { from } = noticed;
  const to = noticed.kind === 'loss' ? noticed.to : (after?.to ?? noticed.to);
  const frame = capture.frames.find(({ at, direction }) => at >= noticed.at && direction === 'up');
  const answer = to === 1 ? 'one' : to < from ? 'smaller' : 'same';
  const sentence = `a congestion window of ${from} segments before the loss, and ${to} when it is repaired`;
  return {
    ...fromEnds(answer, sentence),
    ...(frame && { evidence: { frame: frame.id, layer: 1 } }),
  };
};

const clientOf = ({ ends = [] }: Capture) => ends.filter(({ end }) => end === 'client');

const fromEnds = (answer: string, sentence: string): Grade => ({
  answer,
  sentence,
  isKnownByEnds: true,
});

/** Which end waits in TIME-WAIT when everything is over. */
const whoWaits: Grader = ({ ends = [] }) => {
  if (ends.length === 0) return undefined;
  const waits = ends.find(({ state }) => state === 'TIME-WAIT');
  return waits
    ? fromEnds(waits.end, `the ${waits.end} in the state TIME-WAIT`)
    : fromEnds('nobody', 'neither end in the state TIME-WAIT');
};

/** How much of what was written the receiver had when a reset arrived. */
const bytesAtReset: Grader = (capture) => {
  const { ends = [] } = capture;
  const reset = segments(capture, 'up').find(
    ({ flags, frame }) => flags.includes('RST') && frame.transit?.arrivedAt !== undefined,
  );
  const written = clientOf(capture).reduce(
    (most, one) => Math.max(most, one.nxt - 1 + one.unsent),
    0,
  );
  const last = ends.findLast(({ end }) => end === 'server');
  if (!reset || !last) return undefined;
  const got = Math.max(0, last.next - 1);
  const end = got < written ? 'before the rest was sent' : 'though every byte was there already';
  return {
    ...fromEnds(got < written ? 'part' : 'all', `${got} of ${written} bytes at the server, ${end}`),
    evidence: { frame: reset.frame.id, layer: 1 },
  };
};

/** Whether a reset is answered. */
const answerToReset: Grader = (capture) => {
  const reset = segments(capture, 'up').find(({ flags }) => flags.includes('RST'));
  const arrivedAt = reset?.frame.transit?.arrivedAt;
  if (!reset || arrivedAt === undefined) return undefined;
  const answer = segments(capture, 'down').find(({ frame }) => frame.at >= arrivedAt);
  return answer
    ? grade('something', 'a packet from the server after the reset has arrived', answer.frame)
    : grade('nothing', 'no packet from the server after the reset has arrived', reset.frame);
};

export const TCP_GRADERS: Readonly<Record<string, Grader>> = {
  'second-sequence-number': secondNumber,
  'at-zero-window': atZeroWindow,
  'fins-to-close': closes,
  'first-flight': firstFlight,
  'window-after-loss': windowAfterLoss,
  'who-waits': whoWaits,
  'bytes-at-reset': bytesAtReset,
  'answer-to-reset': answerToReset,
};
