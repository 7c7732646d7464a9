// Questions about one source of news heard in four ways. Each takes the learner's own capture; none
// knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { type LaneCounts, laneCounts } from '../capture/lane-counts.ts';
import { fieldValue } from '../wire/layer.ts';
import type { Grade, Grader } from './grade.ts';

const LANES = ['short', 'long', 'sse', 'websocket'] as const;

const NAMES: Readonly<Record<string, string>> = {
  short: 'short polling',
  long: 'long polling',
  sse: 'server-sent events',
  websocket: 'the WebSocket',
};

const nameOf = (lane: string): string => NAMES[lane] ?? lane;

const framesOf = (capture: Capture, lane: string): readonly Frame[] => {
  const ids = new Set(capture.connections.filter((one) => one.lane === lane).map(({ id }) => id));
  return capture.frames.filter(({ connection }) => ids.has(connection));
};

/** The page said that it is over, and the answer without end has ended. */
const counted = (capture: Capture): readonly LaneCounts[] | undefined => {
  const isOver = capture.notes.some(
    ({ what, lane }) => what === 'disconnected' && lane === 'websocket',
  );
  const hasEnded = framesOf(capture, 'sse').some(({ direction }) => direction === 'down');
  return isOver && hasEnded ? laneCounts(capture, LANES) : undefined;
};

const describeMillis = (micros: number): string => `${Math.round(micros / 1_000)} ms`;

const grade = (answer: string, sentence: string, frame: Frame | undefined): Grade =>
  frame ? { answer, sentence, evidence: { frame: frame.id, layer: 0 } } : { answer, sentence };

const most = (counts: readonly LaneCounts[], of: (one: LaneCounts) => number): LaneCounts =>
  counts.reduce((best, one) => (of(one) > of(best) ? one : best));

/** Which way asked most often. */
const mostRequests: Grader = (capture) => {
  const counts = counted(capture);
  if (!counts) return undefined;
  const { lane } = most(counts, ({ requests }) => requests);
  const all = counts.map((one) => `${nameOf(one.lane)} ${one.requests}`).join(', ');
  return grade(lane, `requests: ${all}`, framesOf(capture, lane).at(-1));
};

/** In what order they cost bytes: the two kinds of polling, and the two that keep one answer open. */
const byteOrder: Grader = (capture) => {
  const counts = counted(capture);
  if (!counts) return undefined;
  const [short, long, ...streams] = counts.map(({ bytes }) => bytes) as [number, number];
  const stream = Math.max(...streams);
  const isPollingMost = Math.min(short, long) > stream;
  const answer = isPollingMost ? (short > long ? 'short-long' : 'long-short') : 'streams';
  const all = counts.map((one) => `${nameOf(one.lane)} ${one.bytes} bytes`).join(', ');
  const dearest = most(counts, ({ bytes }) => bytes).lane;
  return grade(answer, all, framesOf(capture, dearest).at(-1));
};

/** Where the page heard the news last. */
const slowest: Grader = (capture) => {
  const counts = counted(capture);
  if (!counts) return undefined;
  const { lane, medianDelay = 0 } = most(counts, (one) => one.medianDelay ?? 0);
  const sentence = `${nameOf(lane)} with the longest delay, ${describeMillis(medianDelay)} in the median`;
  return grade(lane, sentence, framesOf(capture, lane).at(-1));
};

/** How long the longest request of that lane waited for its answer, µs, and that answer (M10). */
function longestWait(capture: Capture, lane: string) {
  const ids = new Set(framesOf(capture, lane).map(({ id }) => id));
  let best: { readonly wait: number; readonly frame: Frame } | undefined;
  for (const { kind, from, to } of capture.pairs) {
    const [request, response] = [capture.frames[from.frame], capture.frames[to.frame]];
    if (kind !== 'request-response' || !request || !response || !ids.has(request.id)) continue;
    const wait = response.at - request.at;
    if (!best || wait > best.wait) best = { wait, frame: response };
  }
  return best;
}

const longHangs: Grader = (capture) => {
  const counts = counted(capture);
  const [long, short] = [longestWait(capture, 'long'), longestWait(capture, 'short')];
  if (!counts || !long || !short) return undefined;
  const isHanging = long.wait > 2 * short.wait;
  return grade(
    isHanging ? 'hangs' : 'frequent',
    isHanging
      ? `a request that was answered after ${describeMillis(long.wait)}`
      : `every request answered within ${describeMillis(long.wait)}`,
    long.frame,
  );
};

/** Whether short polling needs a connection for each of its requests (M17). */
const shortConnections: Grader = (capture) => {
  const short = counted(capture)?.[0];
  if (!short) return undefined;
  const { requests, connections } = short;
  return grade(
    requests >= 2 * connections ? 'few' : 'each',
    `${requests} requests on ${connections} connection${connections === 1 ? '' : 's'}`,
    framesOf(capture, 'short').at(-1),
  );
};

/** Which ways had fewer bytes to send because they were compressed. */
const compressionSaves: Grader = (capture) => {
  const counts = counted(capture);
  if (!counts || counts.every(({ savedBytes }) => savedBytes === 0)) return undefined;
  const isSaved = counts.map(({ savedBytes }) => savedBytes > 0);
  const [short, long, ...streams] = isSaved;
  const onlyStreams = !short && !long && streams.every(Boolean);
  const some = onlyStreams ? 'streams' : 'mixed';
  const answer = isSaved.every(Boolean) ? 'all' : isSaved.some(Boolean) ? some : 'none';
  const each = counts.map(({ lane, savedBytes }) => `${nameOf(lane)} ${savedWords(savedBytes)}`);
  const best = most(counts, ({ savedBytes }) => savedBytes).lane;
  return grade(answer, each.join(', '), framesOf(capture, best).at(-1));
};

const savedWords = (bytes: number): string =>
  bytes > 0 ? `${bytes} bytes fewer` : `${-bytes} bytes more`;

/** When each way first had a connection again after the link had closed all of them, µs. */
function returns(capture: Capture) {
  const cut = capture.faults.find(({ what }) => what === 'cut');
  if (!cut) return [];
  return LANES.flatMap((lane) => {
    const back = framesOf(capture, lane).find(
      ({ direction, connection }) =>
        direction === 'up' &&
        (capture.connections.find(({ id }) => id === connection)?.openedAt ?? 0) >= cut.at,
    );
    return back ? [{ lane, after: back.at - cut.at, frame: back }] : [];
  });
}

/** Which way is back last after a cut. */
const lastBack: Grader = (capture) => {
  const all = counted(capture) ? returns(capture) : [];
  const [first, ...rest] = all;
  if (!first) return undefined;
  const last = rest.reduce((latest, one) => (one.after > latest.after ? one : latest), first);
  const each = all.map(({ lane, after }) => `${nameOf(lane)} after ${describeMillis(after)}`);
  return grade(last.lane, `who was back when: ${each.join(', ')}`, last.frame);
};

/** Whether a way missed an item in spite of a cut. */
const missedInCut: Grader = (capture) => {
  const counts = counted(capture);
  const cut = capture.faults.find(({ what }) => what === 'cut');
  if (!counts || !cut) return undefined;
  const missed = counts.filter(({ emitted, handled }) => handled < emitted);
  const [resumed] = returns(capture).filter(({ lane }) => lane === 'sse');
  return grade(
    missed.length === 0 ? 'none' : 'some',
    missed.length === 0
      ? 'every item in every lane, some of them late'
      : `items missing in: ${missed.map(({ lane }) => nameOf(lane)).join(', ')}`,
    resumed?.frame ?? framesOf(capture, 'sse').at(-1),
  );
};

const streamRequests: Grader = (capture) => {
  const sse = counted(capture)?.[2];
  if (!sse) return undefined;
  return grade(
    sse.requests < sse.handled ? 'one' : 'each',
    `${sse.requests} request${sse.requests === 1 ? '' : 's'} for ${sse.handled} items`,
    framesOf(capture, 'sse').find(({ direction }) => direction === 'up'),
  );
};

/** How many bytes stand in front of an item's text in its frame. */
const frameHead: Grader = (capture) => {
  if (!counted(capture)) return undefined;
  const news = framesOf(capture, 'websocket').find(
    ({ direction, layers }) =>
      direction === 'down' && Number(fieldValue(layers[0] ?? NONE, 'websocket.opcode')) === 1,
  );
  const [layer] = news?.layers ?? [];
  if (!news || !layer) return undefined;
  const payload = Number(fieldValue(layer, 'websocket.payload_length'));
  const head = (news.sources[0]?.bytes.length ?? 0) - payload;
  return grade(head === 2 ? 'two' : 'more', `${head} bytes in front of ${payload}`, news);
};

const NONE = {
  protocol: 'data',
  source: 0,
  range: [0, 0],
  summary: '',
  fields: [],
  problems: [],
} as const;

export const NEWS_GRADERS: Readonly<Record<string, Grader>> = {
  'lanes-most-requests': mostRequests,
  'lanes-byte-order': byteOrder,
  'lanes-slowest': slowest,
  'lanes-long-hangs': longHangs,
  'lanes-short-connections': shortConnections,
  'lanes-stream-requests': streamRequests,
  'lanes-frame-head': frameHead,
  'lanes-compression-saves': compressionSaves,
  'lanes-last-back': lastBack,
  'lanes-missed-in-cut': missedInCut,
};
