// Questions about what became of messages over an outage. Each takes the learner's own capture with its
// ledger; none knows the right answer.

import type { Capture, LayerRef } from '../capture/capture.ts';
import { type Entry, type Ledger, ledgersOf, type Outcome, SERVER } from '../capture/ledger.ts';
import { totalsAt } from '../capture/ledger-totals.ts';
import type { Noted } from '../capture/record.ts';
import { fieldValue } from '../wire/layer.ts';
import type { Grade, Grader } from './grade.ts';

const LEARNER = 'browser';

/** The account of what went to the learner (`news`) or came from her (`reports`). */
type Which = 'news' | 'reports';

const ledgerOf = (capture: Capture, which: Which): Ledger | undefined =>
  ledgersOf(capture).find(({ from, to }) =>
    which === 'news' ? from === SERVER && to === LEARNER : from === LEARNER,
  );

const notesOf = ({ notes }: Capture, what: Noted['what']): readonly Noted[] =>
  notes.filter((note) => note.who === LEARNER && note.what === what);

/** Why a client is disconnected that did not wish to be. */
const DROPS: ReadonlySet<string | undefined> = new Set([
  'ping timeout',
  'transport close',
  'transport error',
]);

const isDrop = ({ detail }: Noted): boolean => DROPS.has(detail);

/** The learner's client said good-bye: what was not noted by now will not be. */
const isOver = (capture: Capture): boolean =>
  notesOf(capture, 'disconnected').some((note) => !isDrop(note));

/** A time in which the learner's client took itself for disconnected, and the silence before. */
interface Absence {
  readonly silentFrom: number;
  readonly noticedAt: number;
  readonly backAt: number;
}

/** The first one that was not the client's own wish. */
function absenceOf(capture: Capture): Absence | undefined {
  const drop = notesOf(capture, 'disconnected').find(isDrop);
  if (!drop) return undefined;
  const heard = capture.notes.filter(
    ({ what, lane, wroteAt }) => what === 'handled' && lane === drop.lane && wroteAt < drop.wroteAt,
  );
  const back = notesOf(capture, 'connected').find(({ wroteAt }) => wroteAt > drop.wroteAt);
  return {
    silentFrom: heard.at(-1)?.wroteAt ?? 0,
    noticedAt: drop.wroteAt,
    backAt: back?.wroteAt ?? capture.endAt,
  };
}

const seconds = (micros: number): string => `${(micros / 1_000_000).toFixed(1)} s`;

/** How long after the last message that came through the client knew of the drop (M4). */
const dropNoticed: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const absence = absenceOf(capture);
  if (!absence) return { answer: 'never', sentence: 'a client that never took itself for cut off' };
  const gap = absence.noticedAt - absence.silentFrom;
  return {
    answer: gap < 600_000 ? 'at-once' : 'late',
    sentence: `that your browser took itself for connected for ${seconds(gap)} after the last message had come through`,
  };
};

/** What became of the messages that were emitted in a span of time. */
function fateOf(entries: readonly Entry[], words: string): Grade | undefined {
  if (entries.length === 0) return undefined;
  const lost = entries.filter(({ outcome }) => outcome.kind !== 'delivered');
  const example = (lost[0] ?? entries[0])?.events.find(({ ref }) => ref)?.ref;
  const answer = lost.length === 0 ? 'later' : lost.length === entries.length ? 'lost' : 'some';
  const many = answer === 'later' ? 'none' : answer === 'lost' ? 'all' : lost.length;
  const count = `that ${many} of the ${entries.length} messages that ${words} lost`;
  return { answer, sentence: count, ...(example ? { evidence: example } : {}) };
}

const between = (ledger: Ledger | undefined, from: number, to: number): readonly Entry[] =>
  ledger?.entries.filter(({ emittedAt }) => emittedAt > from && emittedAt < to) ?? [];

/** Emitted while the learner's client knew that it was cut off. */
const away =
  (which: Which, words: string): Grader =>
  (capture) => {
    const absence = isOver(capture) ? absenceOf(capture) : undefined;
    if (!absence) return undefined;
    return fateOf(between(ledgerOf(capture, which), absence.noticedAt, absence.backAt), words);
  };

/** Emitted after the silence began, and before the client knew of it (M3). */
const unnoticed: Grader = (capture) => {
  const absence = isOver(capture) ? absenceOf(capture) : undefined;
  if (!absence) return undefined;
  const entries = between(ledgerOf(capture, 'reports'), absence.silentFrom, absence.noticedAt);
  // The first of them may have passed just before the silence.
  return fateOf(
    entries.filter(({ outcome }) => !isQuick(outcome)),
    'your browser emitted before it noticed were',
  );
};

const isQuick = (outcome: Outcome): boolean =>
  outcome.kind === 'delivered' && outcome.delay < 300_000;

/** Whether messages were handled more than once. */
const repeats =
  (which: Which): Grader =>
  (capture) => {
    const ledger = isOver(capture) ? ledgerOf(capture, which) : undefined;
    if (!ledger) return undefined;
    const { duplicated } = totalsAt(ledger);
    const twice = ledger.entries.find(
      ({ events }) => events.filter(({ what }) => what === 'handled').length > 1,
    );
    const evidence = twice?.events.findLast(({ what }) => what === 'passed')?.ref;
    return {
      answer: duplicated === 0 ? 'once' : 'again',
      sentence:
        duplicated === 0
          ? 'no message that was handled twice'
          : `${duplicated === 1 ? 'one repeat' : `${duplicated} repeats`} that came and was handled again`,
      ...(evidence ? { evidence } : {}),
    };
  };

/** How many strategies lost none of the server's news. */
const completeNews: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const news = ledgersOf(capture).filter(({ from }) => from === SERVER);
  const complete = news.filter((ledger) => {
    const { emitted, delivered } = totalsAt(ledger);
    return emitted === delivered;
  });
  return {
    answer: String(complete.length),
    sentence: `${complete.length} of ${news.length} strategies that delivered all the news`,
  };
};

/** How the client came back from each drop: with its state recovered or as a new one (M5). */
const recovered: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const [, ...returns] = notesOf(capture, 'connected');
  if (returns.length === 0) return undefined;
  const times = notesOf(capture, 'recovered').map(({ wroteAt }) => wroteAt);
  const how = returns.map(({ wroteAt }) =>
    times.some((time) => Math.abs(time - wroteAt) < 5_000) ? 'recovered' : 'as a new client',
  );
  const yes = how.filter((one) => one === 'recovered').length;
  const evidence = connectReply(capture, returns.at(-1)?.wroteAt ?? 0);
  return {
    answer: yes === 0 ? 'no' : yes === how.length ? 'yes' : 'once',
    sentence: `that your browser came back ${how.join(', then ')}`,
    ...(evidence ? { evidence } : {}),
  };
};

/** The CONNECT reply that passed last before that moment. */
function connectReply({ frames }: Capture, before: number): LayerRef | undefined {
  for (const { id, at, direction, layers } of frames.toReversed()) {
    if (at > before || direction !== 'down') continue;
    const layer = layers.findIndex((one) => fieldValue(one, 'socketio.sid') !== undefined);
    if (layer >= 0) return { frame: id, layer };
  }
  return undefined;
}

/** The argument that recovery puts behind those of the application. */
const extraArgument: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const events = capture.frames.flatMap(({ id, direction, layers }) =>
    direction === 'down'
      ? layers.flatMap((layer, index) =>
          fieldValue(layer, 'socketio.event') === undefined ? [] : [{ layer, frame: id, index }],
        )
      : [],
  );
  const extra = events.find(({ layer }) => fieldValue(layer, 'socketio.offset') !== undefined);
  const shown = extra ?? events[0];
  if (!shown) return undefined;
  return {
    answer: extra ? 'extra' : 'same',
    sentence: extra
      ? `one argument more than the program passed: “${String(fieldValue(extra.layer, 'socketio.offset'))}”`
      : 'just what the program passed',
    evidence: { frame: shown.frame, layer: shown.index },
  };
};

/** Reports that the server acknowledged, and whether the other client was shown them (M12). */
const shownToAda: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const reports = ledgerOf(capture, 'reports');
  const toAda = ledgersOf(capture).find(({ from, to }) => from === SERVER && to === 'Ada');
  if (!reports || !toAda) return undefined;
  const answered = reports.entries.filter(({ events }) =>
    events.some(({ what }) => what === 'acknowledged'),
  );
  const missing = answered.filter(({ message }) =>
    toAda.entries.some((entry) => entry.message === message && entry.outcome.kind === 'lost'),
  );
  const evidence = missing[0]?.events.find(({ what }) => what === 'answered')?.ref;
  return {
    answer: missing.length === 0 ? 'all' : 'not-all',
    sentence: `${answered.length} acknowledgements; ${missing.length === 0 ? 'Ada was shown all of these reports' : `${missing.length} of these reports were never shown to Ada`}`,
    ...(evidence ? { evidence } : {}),
  };
};

export const LEDGER_GRADERS: Readonly<Record<string, Grader>> = {
  'drop-noticed': dropNoticed,
  'away-news': away('news', 'the server emitted while your browser was away were'),
  'away-reports': away('reports', 'your browser emitted while it knew that it was away were'),
  'unnoticed-reports': unnoticed,
  'repeats-news': repeats('news'),
  'repeats-reports': repeats('reports'),
  'complete-news': completeNews,
  recovered,
  'extra-argument': extraArgument,
  'shown-to-ada': shownToAda,
};
