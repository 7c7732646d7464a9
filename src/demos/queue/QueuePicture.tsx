// The queue, its consumers, what is done and what was given up, at the playhead. A message is a chip
// that can be pressed to see the frame that brought it there.

import { useMemo } from 'react';
import type { ViewProps } from '../../views/view.ts';
import styles from './QueuePicture.module.css';
import { type QueuedMessage, queueOf } from './queue-state.ts';

interface Props extends ViewProps {
  readonly consumers: readonly string[];
}

export function QueuePicture({ capture, playhead, selection, onSelect, consumers }: Props) {
  const stateAt = useMemo(() => queueOf(capture), [capture]);
  const messages = stateAt(playhead);
  const queues = [...new Set(messages.map(({ queue }) => queue))];
  const at = (is: (message: QueuedMessage) => boolean, empty: string) => (
    <Chips {...{ selection, onSelect, empty }} messages={messages.filter(is)} />
  );
  return (
    <section className={styles.queue} aria-label="The queue at this moment">
      {(queues.length === 0 ? ['work'] : queues).map((queue) => (
        <section key={queue}>
          <h2>Queue “{queue}”: waiting</h2>
          {at(
            (m) => m.queue === queue && (m.place.kind === 'waiting' || m.place.kind === 'coming'),
            'nothing waits',
          )}
        </section>
      ))}
      {consumers.map((name) => (
        <section key={name}>
          <h2>With consumer {name}</h2>
          {at((m) => m.place.kind === 'with' && m.place.consumer === name, 'nothing in hand')}
        </section>
      ))}
      <section>
        <h2>Confirmed</h2>
        {at((m) => m.place.kind === 'done', 'none yet')}
      </section>
      <section>
        <h2>Dead letters, refused, dropped</h2>
        {at((m) => ENDED.has(m.place.kind), 'none')}
      </section>
    </section>
  );
}

const ENDED: ReadonlySet<string> = new Set(['dead', 'refused', 'dropped']);

interface ChipsProps extends Pick<ViewProps, 'selection' | 'onSelect'> {
  readonly messages: readonly QueuedMessage[];
  readonly empty: string;
}

function Chips({ messages, empty, selection, onSelect }: ChipsProps) {
  if (messages.length === 0) return <p>{empty}</p>;
  return (
    <ul>
      {messages.map(({ id, queue, place, deliveries, frame }) => (
        <li key={`${queue} ${id}`}>
          <button
            type="button"
            data-place={place.kind}
            aria-pressed={selection?.frame === frame}
            onClick={() => onSelect({ frame })}
          >
            {id}
            {deliveries > 1 ? <span> delivered {deliveries} times</span> : null}
            {WORDS[place.kind] === undefined ? null : <span> {WORDS[place.kind]}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  coming: 'no answer yet',
  dead: 'dead letter',
  refused: 'refused: full',
  dropped: 'dropped: full',
};
