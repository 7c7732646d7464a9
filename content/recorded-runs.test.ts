// The recorded runs: the graders read them, and each run gives its own answers. A grader that
// knew the answer instead of reading the capture would fail here.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/capture/analyzer.ts';
import type { Capture } from '../src/capture/capture.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import { unexplained } from '../src/capture/unexplained.ts';
import { GRADERS } from '../src/lessons/graders.ts';

function captureOf(name: string): Capture {
  const file = new URL(`./captures/${name}.pcapng`, import.meta.url);
  const { records, problem } = readPcapng(new Uint8Array(readFileSync(file)));
  expect(problem).toBeUndefined();
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

const ANSWERS = {
  'connections-one': { 'first-speaker': 'client', 'server-ports-used': 'one' },
  'connections-three': {
    'server-ports-used': 'one',
    'told-apart-by': 'client-port',
    'program-counts': 'counted',
  },
  'connections-leaves': {
    'others-after-close': 'go-on',
    'port-after-return': 'other',
    'told-apart-by': 'client-port',
  },
  'connections-polling': { 'requests-per-connection': 'several', 'connections-used': 'several' },
  'connections-both': { 'server-ports-used': 'one', 'connections-used': 'several' },
  'handshake-both': {
    'opened-by': 'http',
    'connect-travels-by': 'http',
    'last-http-on-websocket': 'response',
    'connections-used': 'several',
    'requests-per-connection': 'several',
    'who-pings': 'server',
    'script-served-by': 'same',
  },
  'handshake-websocket': {
    'opened-by': 'upgrade',
    'connect-travels-by': 'websocket',
    'last-http-on-websocket': 'response',
    'connections-used': 'one',
    'requests-per-connection': 'one',
    'first-event-travels-by': 'websocket',
    'who-pings': 'server',
  },
  'handshake-polling': {
    'opened-by': 'http',
    'connect-travels-by': 'http',
    'last-http-on-websocket': 'none',
    'requests-per-connection': 'several',
    'first-event-travels-by': 'http',
    'who-pings': 'server',
  },
  'emit-everybody': {
    'frames-per-emit': 'one',
    'frames-per-broadcast': 'each',
    'who-hears': 'ada-grace-you',
    'ack-came': 'yes',
    'namespace-connection': 'same',
  },
  'emit-the-others': { 'who-hears': 'ada-grace' },
  'emit-front-row': { 'who-hears': 'ada', 'frames-per-broadcast': 'one' },
  'emit-only-me': { 'who-hears': 'you', 'frames-per-broadcast': 'one' },
  'emit-late': { 'ack-came': 'yes', 'late-hears': 'never', 'who-hears': 'ada-you' },
  'emit-volatile': { 'polling-hears': 'some', 'ack-came': 'yes' },
  'emit-typo': { 'unheard-answer': 'nothing', 'ack-came': 'no', 'who-hears': 'nobody' },
  'emit-binary': { 'frames-per-emit': 'two', 'unheard-answer': 'something' },
  'layers-websocket': {
    'layer-pieces': 'one',
    'layer-greeting': 'fewer',
    'layer-first-byte': 'websocket',
    'layer-readable': 'masked',
    'layer-unmasks': 'websocket',
    'layer-more-bytes': 'headers',
    'layer-packets': 'one',
    'shared-chunk': 'together',
  },
  'layers-http': {
    'layer-pieces': 'one',
    'layer-greeting': 'fewer',
    'layer-first-byte': 'http',
    'layer-readable': 'readable',
    'layer-more-bytes': 'headers',
    'first-event-travels-by': 'http',
  },
  'layers-long': { 'layer-more-bytes': 'text', 'layer-packets': 'several' },
  'mailbox-there': { 'mail-on-return': 'nothing', 'queue-fate': 'once' },
  'mailbox-away': { 'mail-on-return': 'all', 'queue-fate': 'once' },
  'mailbox-crash': { 'mail-on-return': 'all', 'queue-fate': 'twice' },
  'queue-at-most-once-before': { 'queue-fate': 'lost' },
  'queue-at-least-once-no': {
    'queue-fate': 'once',
    'queue-repeats': 'none',
    'queue-dead-letter': 'stuck',
    'queue-shared': 'one',
    'queue-when-full': 'none',
  },
  'queue-at-least-once-after': { 'queue-fate': 'twice', 'queue-repeats': 'none' },
  'queue-effectively-once-after': { 'queue-fate': 'once', 'queue-repeats': 'ignored' },
  'room-told': {
    'room-hears-sensor': 'told',
    'room-requests-for-news': 'one',
    'room-wish-or-deed': 'wish',
    'room-ack-and-device': 'both',
  },
  'room-polling-asks': { 'room-hears-sensor': 'asked', 'room-wasted-asks': 'most' },
  'room-polling-told': {
    'room-hears-sensor': 'told',
    'room-wasted-asks': 'few',
    'room-hanging-poll': 'hangs',
    'room-requests-for-news': 'many',
  },
  'room-limit-device': { 'room-wish-or-deed': 'deed' },
  'room-limit-server': { 'room-wish-or-deed': 'wish' },
  'room-same-last': { 'room-two-wishes': 'last' },
  'room-same-version': { 'room-two-wishes': 'refused' },
  'room-cut-server': { 'room-ack-and-device': 'server-only', 'room-on-return': 'state' },
  'room-cut-device': { 'room-ack-and-device': 'refused', 'room-on-return': 'state' },
  'news-four': {
    'lanes-most-requests': 'short',
    'lanes-byte-order': 'short-long',
    'lanes-slowest': 'short',
    'lanes-long-hangs': 'hangs',
    'lanes-short-connections': 'few',
    'lanes-stream-requests': 'one',
    'lanes-frame-head': 'two',
  },
  'news-often': { 'lanes-most-requests': 'long' },
  'news-seldom-asked': { 'lanes-most-requests': 'long', 'lanes-slowest': 'short' },
  'news-compressed-short': { 'lanes-compression-saves': 'streams' },
  'news-compressed': { 'lanes-compression-saves': 'all' },
  'news-bursts': { 'lanes-most-requests': 'short' },
  'news-cut-close': { 'lanes-last-back': 'sse', 'lanes-missed-in-cut': 'none' },
  'news-cut-stall': { 'lanes-most-requests': 'short' },
  'news-socketio-polling': { 'lanes-byte-order': 'short-long' },
  'news-socketio-websocket': { 'lanes-stream-requests': 'one' },
  'http-same': {
    'http-connections': 'few',
    'http-second-reading': 'unchanged',
    'http-page-told': 'copy',
    'http-head-body': 'none',
    'http-after-missing': 'kept',
    'http-story-end': 'chunks',
    'http-note-length': 'bytes',
    'http-note-times': 'once',
  },
  'http-reset': { 'http-note-times': 'twice', 'http-connections': 'few' },
  'http-changed': { 'http-second-reading': 'again', 'http-page-told': 'same' },
  'raw-one': { 'raw-statuses': '200' },
  'raw-pipeline': {
    'raw-statuses': '200-200',
    'raw-answer-order': 'asked',
    'raw-one-piece': 'together',
  },
  'raw-post': { 'raw-statuses': '201' },
  'raw-chunked': { 'raw-statuses': '201' },
  'raw-too-short': { 'raw-statuses': '201-400', 'raw-after-refusal': 'closed' },
  'raw-too-long': { 'raw-statuses': '400' },
  'raw-two-lengths': { 'raw-statuses': '400', 'raw-after-refusal': 'closed' },
  'raw-no-host': { 'raw-statuses': '400', 'raw-after-refusal': 'closed' },
  'raw-unended': { 'raw-statuses': 'none' },
  'raw-conditional': { 'raw-statuses': '304' },
  'raw-delete': { 'raw-statuses': '405' },
  'raw-greeting': { 'raw-statuses': '400', 'raw-after-refusal': 'closed' },
  'raw-line-feeds': { 'raw-statuses': '400', 'raw-after-refusal': 'closed' },
  'queue-poison': { 'queue-dead-letter': 'dead', 'queue-fate': 'lost' },
} as const;

/** Answers that say that something did not happen, so there is no frame of it. */
const NOTHING_TO_SHOW = new Set(['no', 'nobody']);

/** What is wrong with what was said, where that is what the run is about. */
const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  // The answer without end was cut off.
  'news-cut-close': ['http/truncated'],
  'raw-too-short': ['http/bad-start-line', 'http/out-of-step'],
  'raw-too-long': ['http/truncated'],
  'raw-two-lengths': ['http/ambiguous-length', 'http/out-of-step'],
  'raw-unended': ['http/truncated'],
  'raw-greeting': ['http/bad-start-line'],
  'raw-line-feeds': ['http/truncated'],
};

describe.each(Object.entries(ANSWERS))('the run with %s', (name, answers) => {
  const capture = captureOf(name);

  it.each(Object.entries(answers))('answers %s with %s', (grader, answer) => {
    const grade = GRADERS[grader]?.(capture);
    expect(grade?.answer).toBe(answer);
    const { evidence } = grade ?? {};
    if (!evidence) expect(NOTHING_TO_SHOW.has(answer)).toBe(true);
    else expect(capture.frames[evidence.frame]?.layers[evidence.layer]).toBeDefined();
  });

  it('has no byte left unexplained, and nothing malformed that is not meant to be', () => {
    expect(capture.frames.length).toBeGreaterThan(name.startsWith('raw-') ? 0 : 10);
    for (const frame of capture.frames) expect(unexplained(frame)).toEqual([]);
    const problems = capture.frames.flatMap(({ layers }) => layers.flatMap((one) => one.problems));
    expect(problems.map(({ code }) => code)).toEqual(MALFORMED[name] ?? []);
  });
});

it('a cut is graded by what came after it', () => {
  const whole = captureOf('news-cut-close');
  const missing = whole.notes.filter(
    ({ what, lane, message }) => !(what === 'handled' && lane === 'sse' && message === 'n5'),
  );
  const missed = GRADERS['lanes-missed-in-cut']?.({ ...whole, notes: missing });
  expect(missed).toMatchObject({
    answer: 'some',
    sentence: 'items missing in: server-sent events',
  });
  const [first, ...later] = whole.connections.filter(({ lane }) => lane === 'sse');
  const gone = new Set(later.map(({ id }) => id));
  const frames = whole.frames.filter(({ connection }) => !gone.has(connection));
  expect(first && gone.size).toBe(1);
  expect(GRADERS['lanes-last-back']?.({ ...whole, frames })?.answer).toBe('websocket');
});

it('nothing is graded while there is nothing to read', () => {
  const { frames } = createAnalyzer({ provenance: 'observed' }).capture();
  expect(frames).toEqual([]);
  const empty = createAnalyzer({ provenance: 'observed' }).capture();
  for (const grader of Object.values(GRADERS)) expect(grader(empty)).toBeUndefined();
});
