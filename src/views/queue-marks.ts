// What the ledger of a queue shows of one message at one moment: a mark and words for the producer, the
// queue and each consumer. Pure; draws nothing.

import {
  fateAt,
  type QueueEntry,
  type QueueEvent,
  type QueueFate,
  type QueueTotals,
} from '../capture/queue-ledger.ts';
import { type Mark, type Shape, times } from './ledger-marks.ts';

/** How a demo calls what its queue does. Each stands in the middle of a sentence. */
export interface QueueWords {
  readonly queue: string;
  readonly producer: string;
  readonly consumer: string;
  readonly published: string;
  readonly handled: string;
  /** Shapes that this queue never makes. */
  readonly unused: readonly Shape[];
}

/** Of a work queue; what the lesson calls them. */
export const QUEUE_WORDS: QueueWords = {
  queue: 'the queue',
  producer: 'the producer',
  consumer: 'a consumer',
  published: 'published',
  handled: 'handled',
  unused: [],
};

/** What each shape says here. The legend. */
export const queueShapes = (words: QueueWords): readonly (readonly [Shape, string])[] =>
  shapesOf(words).filter(([shape]) => !words.unused.includes(shape));

const shapesOf = (words: QueueWords): readonly (readonly [Shape, string])[] => [
  ['emitted', `${words.published}, not answered yet`],
  ['confirmed', `answered “kept”, or confirmed by ${words.consumer}`],
  ['kept', `${words.queue} has it`],
  ['passed', 'given out and forgotten'],
  ['waiting', `${words.consumer} has it, and has not ${words.handled} it`],
  ['handled', words.handled],
  ['repeated', `${words.handled} more than once`],
  ['dropped', 'refused, dropped, or a dead letter'],
  ['swallowed', 'died in the link'],
  ['missing', `its connection ended before it was ${words.handled}`],
];

const NOTHING: Mark = { shape: 'none', count: 0, words: '' };

/** The producer’s, the queue’s and then each consumer’s. */
export function queueMarksAt(
  entry: QueueEntry,
  consumers: readonly string[],
  at: number,
  words: QueueWords = QUEUE_WORDS,
): readonly Mark[] {
  if (entry.emittedAt > at) return [NOTHING, NOTHING, ...consumers.map(() => NOTHING)];
  const past = entry.events.filter((event) => event.at <= at);
  return [
    producerMark(past, words),
    queueMark(past, fateAt(entry, at) ?? 'waiting', words),
    ...consumers.map((name) =>
      consumerMark(
        past.filter((one) => one.row === 'consumer' && one.consumer === name),
        words,
      ),
    ),
  ];
}

const mark = (shape: Shape, words: string, event?: QueueEvent, count = 1): Mark => ({
  shape,
  count,
  words,
  ...(event?.ref ? { frame: event.ref.frame } : {}),
});

const lastOf = (past: readonly QueueEvent[], ...whats: readonly QueueEvent['what'][]) =>
  past.findLast(({ what }) => whats.includes(what));

function producerMark(past: readonly QueueEvent[], words: QueueWords): Mark {
  const { producer, published: sent } = words;
  const own = past.filter(({ row }) => row === 'producer');
  const published = lastOf(own, 'published');
  if (lastOf(past, 'refused')) return mark('dropped', `${sent}; refused`, published);
  if (lastOf(past, 'kept')) return mark('confirmed', `${sent}; ${words.queue} has it`, published);
  const died = lastOf(own, 'swallowed');
  if (died) return mark('swallowed', `${sent}; it died in the link`, died);
  const gone = lastOf(own, 'never-left');
  if (gone) return mark('missing', `${producer} was gone before it was on the wire`, gone);
  return mark('emitted', published ? `${sent}, not answered yet` : 'emitted', published);
}

function queueMark(past: readonly QueueEvent[], fate: QueueFate, words: QueueWords): Mark {
  const own = past.filter(({ row }) => row === 'queue');
  const sent = own.filter(({ what }) => what === 'sent');
  const often = sent.length;
  const out = often === 0 ? '' : `given out ${times(often)}`;
  const ended = lastOf(own, 'refused', 'dead', 'dropped');
  if (ended) return mark('dropped', [ENDINGS[ended.what], out].filter(Boolean).join(', '), ended);
  const confirmed = lastOf(own, 'confirmed');
  if (confirmed)
    return mark('confirmed', `${out}, confirmed by ${confirmed.consumer}`, confirmed, often);
  const last = sent.at(-1);
  if (last && !last.asks) return mark('passed', `${out} and forgotten`, last, often);
  if (last) return mark('kept', `${out}, not confirmed yet`, last, often);
  const kept = lastOf(own, 'kept');
  if (kept) return mark('kept', `waits in ${words.queue}`, kept);
  return fate === 'lost' ? NOTHING : mark('waiting', `not in ${words.queue} yet`);
}

const ENDINGS: Readonly<Partial<Record<QueueEvent['what'], string>>> = {
  refused: 'refused: no room',
  dropped: 'dropped to make room',
  dead: 'a dead letter',
};

function consumerMark(own: readonly QueueEvent[], { handled: done }: QueueWords): Mark {
  const handled = own.filter(({ what }) => what === 'handled').length;
  const known = own.filter(({ what }) => what === 'repeated').length;
  const came = lastOf(own, 'delivered');
  const ignored = known === 0 ? '' : `came again ${times(known)} and was ignored`;
  if (handled > 0) {
    const words = [`${done} ${handled === 1 ? '' : times(handled)}`.trim(), ignored];
    const shape = handled > 1 ? 'repeated' : 'handled';
    return mark(shape, words.filter(Boolean).join('; '), came, handled > 1 ? handled : 1 + known);
  }
  if (known > 0) return mark('waiting', `${ignored}: it was known`, came, known);
  const ended = lastOf(own, 'ended', 'swallowed');
  if (ended && ended.at >= (came?.at ?? 0)) {
    return ended.what === 'ended'
      ? mark('missing', `had it when its connection ended, and had not ${done} it`, came)
      : mark('swallowed', 'it died in the link on its way here', ended);
  }
  const often = own.filter(({ what }) => what === 'delivered').length;
  return came ? mark('waiting', `has it, and has not ${done} it`, came, often) : NOTHING;
}

const fatesOf = ({ handled }: QueueWords): readonly (readonly [QueueFate, string])[] => [
  ['handled', handled],
  ['dead', 'dead letters'],
  ['refused', 'refused'],
  ['dropped', 'dropped'],
  ['lost', 'lost'],
  ['waiting', `not ${handled} yet`],
];

/** The account in one sentence: what is said of the fates adds up to what was published. */
export function queueTotalsInWords(totals: QueueTotals, words: QueueWords = QUEUE_WORDS): string {
  const { published, redelivered, again, repeated } = totals;
  const fates = fatesOf(words).filter(
    ([fate]) => fate === 'handled' || fate === 'lost' || totals[fate] > 0,
  );
  const one = (fate: QueueFate, word: string): string =>
    `${totals[fate]} ${fate === 'dead' && totals.dead === 1 ? 'dead letter' : word}`;
  const sum = fates.map(([fate, word]) => one(fate, word)).join(', ');
  const more = [
    ...(redelivered > 0 ? [`${redelivered} given out once more`] : []),
    ...(again > 0 ? [`${again} ${words.handled} once more`] : []),
    ...(repeated > 0 ? [`${repeated} repeats ignored`] : []),
  ];
  const tail = more.length === 0 ? '' : ` Besides: ${more.join(', ')}.`;
  return `${published} ${words.published}: ${sum}.${tail}`;
}
