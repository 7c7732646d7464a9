// What became of each message at this moment: how long it took, whether it came twice, or never. A pure
// picture of (capture, playhead).

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import { type MessageFate, messageFates } from '../capture/message-fates.ts';
import styles from './MessageFates.module.css';
import { describeDuration } from './moments.ts';
import { useFlying } from './use-flying.ts';
import type { ViewProps } from './view.ts';

export function MessageFates(view: Pick<ViewProps, 'capture' | 'playhead' | 'moving'>) {
  const { capture } = view;
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const fates = useMemo(() => messageFates(capture), [capture]);
  const lanes = [...new Set(fates.map(({ lane }) => lane))];
  const longest = fates.reduce((most, one) => Math.max(most, delayOf(one) ?? 0), 1);
  return (
    <section className={styles.fates} aria-label="What became of the messages">
      {lanes.map((lane) => (
        <section key={lane}>
          <h2>{lanes.length > 1 ? lane : 'The messages'}</h2>
          <ol>
            {fates
              .filter((one) => one.lane === lane)
              .map((fate) => (
                <Row key={fate.id} {...{ capture, fate, playhead, longest }} />
              ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

const delayOf = ({ handledAt, emittedAt }: MessageFate): number | undefined =>
  handledAt[0] === undefined ? undefined : handledAt[0] - emittedAt;

interface RowProps {
  readonly capture: Capture;
  readonly fate: MessageFate;
  readonly playhead: number;
  readonly longest: number;
}

function Row({ capture, fate, playhead, longest }: RowProps) {
  const { id, handledAt, emittedAt } = fate;
  const isThere = handledAt[0] !== undefined && handledAt[0] <= playhead;
  const isOver = playhead >= capture.endAt;
  const sofar = isThere ? (delayOf(fate) ?? 0) : Math.max(0, playhead - emittedAt);
  const share = emittedAt > playhead || (isOver && !isThere) ? 0 : Math.min(1, sofar / longest);
  return (
    <li data-state={isThere ? 'there' : isOver ? 'missing' : 'waiting'}>
      <b>{id}</b>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span>{fateInWords(fate, playhead, isOver)}</span>
    </li>
  );
}

const times = (count: number): string => (count === 2 ? 'twice' : `${count} times`);

function fateInWords(fate: MessageFate, playhead: number, isOver: boolean): string {
  const past = (all: readonly number[]): number => all.filter((at) => at <= playhead).length;
  if (fate.emittedAt > playhead) return 'not sent yet';
  const handled = past(fate.handledAt);
  const again = past(fate.resentAt);
  const sent = again > 0 ? `, sent ${times(again + 1)}` : '';
  if (handled === 0) return isOver ? `never arrived${sent}` : `on its way${sent}`;
  const late = describeDuration(delayOf(fate) ?? 0);
  const twice = handled > 1 ? `, handled ${times(handled)}` : '';
  const known = past(fate.repeatedAt) > 0 ? ', a copy was ignored' : '';
  const detail = fate.detail === undefined ? '' : `, ${fate.detail}`;
  return `after ${late}${detail}${twice}${known}${sent}`;
}
