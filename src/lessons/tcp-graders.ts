// Questions about one TCP connection, answered by its segments. None knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
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

export const TCP_GRADERS: Readonly<Record<string, Grader>> = {
  'second-sequence-number': secondNumber,
  'at-zero-window': atZeroWindow,
  'fins-to-close': closes,
};
