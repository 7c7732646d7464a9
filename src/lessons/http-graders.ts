// Questions about HTTP's own exchanges, the browser's and those of a learner's text. Each takes the
// learner's own capture; none knows the right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { SERVER_CLIENT } from '../capture/clients.ts';
import {
  bodyBytesOf,
  bodyEndOf,
  type Exchange,
  exchangesOf,
  methodOf,
  numbersOf,
  placeOf,
  statusOf,
} from '../capture/exchanges.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { fieldValue } from '../wire/layer.ts';
import type { Grade, Grader } from './grade.ts';

type Answered = Exchange & { readonly request: Frame; readonly response: Frame };

const isAnswered = (exchange: Exchange): exchange is Answered =>
  exchange.request !== undefined && exchange.response !== undefined;

/** Nothing before the program has said that the run is over. */
const isOver = ({ notes }: Capture): boolean => notes.some(({ what }) => what === 'disconnected');

const browsers = (capture: Capture): readonly Answered[] =>
  isOver(capture) && !capture.notes.some(({ who }) => who === SERVER_CLIENT)
    ? exchangesOf(capture).filter(isAnswered)
    : [];

/** What a client on the server said; its lines may be no requests at all. */
const ofText = (capture: Capture): readonly Exchange[] =>
  isOver(capture) && capture.notes.some(({ who }) => who === SERVER_CLIENT)
    ? exchangesOf(capture)
    : [];

const grade = (answer: string, sentence: string, frame: Frame | undefined): Grade =>
  frame ? { answer, sentence, evidence: { frame: frame.id, layer: 0 } } : { answer, sentence };

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const summaryOf = ({ layers }: Frame): string => layers[0]?.summary ?? '';

/** Whether the exchanges needed a connection each (M17). */
const connections: Grader = (capture) => {
  const all = browsers(capture);
  const count = new Set(all.map(({ connection }) => connection)).size;
  if (count === 0) return undefined;
  return grade(
    all.length >= 2 * count ? 'few' : 'each',
    `${plural(all.length, 'exchange')} on ${plural(count, 'connection')}`,
    all.at(-1)?.request,
  );
};

const readings = (capture: Capture): readonly Answered[] =>
  browsers(capture).filter(
    ({ request }) => methodOf(request) === 'GET' && placeOf(request) === '/notes',
  );

/** What comes back when the same page is read again. */
const secondReading: Grader = (capture) => {
  const [, second] = readings(capture);
  if (!second) return undefined;
  const { response } = second;
  const size = plural(bodyBytesOf(response), 'byte');
  return grade(
    statusOf(response) === 304 ? 'unchanged' : 'again',
    `${summaryOf(response)}, with ${bodyBytesOf(response) === 0 ? 'no body' : `a body of ${size}`}`,
    response,
  );
};

/** Whether the page's program was told what the wire shows. */
const pageTold: Grader = (capture) => {
  const [, second] = readings(capture);
  const all = browsers(capture);
  const number = numbersOf(all)[all.findIndex(({ request }) => request.id === second?.request.id)];
  const told = capture.notes.find(
    ({ what, message }) => what === 'handled' && message === String(number),
  );
  if (!second || !told?.detail) return undefined;
  const status = statusOf(second.response);
  const isSame = told.detail.startsWith(`${status},`);
  const sentence = `${status} for the second reading, and the page wrote down: ${told.detail}`;
  return grade(isSame ? 'same' : 'copy', sentence, second.response);
};

/** The answer to HEAD: the length that it speaks of, and the body that it has. */
const headBody: Grader = (capture) => {
  const head = browsers(capture).find(({ request }) => methodOf(request) === 'HEAD');
  if (!head) return undefined;
  const { response } = head;
  const [layer] = response.layers;
  const length = layer && fieldValue(layer, 'http.content_length_header');
  const body = bodyBytesOf(response);
  return grade(
    body === 0 ? 'none' : 'body',
    `Content-Length: ${length ?? 'none'} and ${plural(body, 'byte')} of body`,
    response,
  );
};

/** What becomes of the connection after a 4xx. */
const afterMissing: Grader = (capture) => {
  const all = browsers(capture);
  const missing = all.find(({ response }) => statusOf(response) === 404);
  if (!missing) return undefined;
  const { response, connection } = missing;
  const next = all.find(
    ({ request, connection: other }) => other === connection && request.id > response.id,
  );
  const sentence = next
    ? `${summaryOf(response)}, and then ${methodOf(next.request)} ${placeOf(next.request)} on the same connection`
    : `${summaryOf(response)}, and nothing more on its connection`;
  return grade(next ? 'kept' : 'closed', sentence, response);
};

/** What says where the story ends, whose length nobody knew beforehand. */
const storyEnd: Grader = (capture) => {
  const story = browsers(capture).find(({ request }) => placeOf(request) === '/story');
  if (!story) return undefined;
  const { response } = story;
  const end = bodyEndOf(response, 'GET');
  const chunks =
    response.layers[0]?.fields.filter(({ spec }) => spec.key === 'http.chunk_size') ?? [];
  const sizes = chunks.map(({ value }) => value).join(', ');
  return grade(
    end,
    end === 'chunks' ? `chunks of ${sizes} bytes` : `a body that ends by: ${end}`,
    response,
  );
};

/** What Content-Length counts. */
const noteLength: Grader = (capture) => {
  const post = browsers(capture).find(({ request }) => methodOf(request) === 'POST');
  const [layer] = post?.request.layers ?? [];
  const body = layer?.fields.find(({ spec }) => spec.key === 'http.file_data');
  const bytes = post && body && post.request.sources[0]?.bytes.slice(...body.range);
  const length = layer && Number(fieldValue(layer, 'http.content_length_header'));
  const text = bytes && decodeUtf8(bytes).text;
  if (!post || !bytes || text === undefined || length === undefined) return undefined;
  const characters = [...text].length;
  const answer = length === bytes.length ? 'bytes' : length === characters ? 'characters' : 'other';
  return grade(
    bytes.length === characters ? 'either' : answer,
    `Content-Length: ${length} for ${characters} characters in ${bytes.length} bytes`,
    post.request,
  );
};

/** The statuses that came back, in order: `200`, `201-400`, `none`. */
const statuses: Grader = (capture) => {
  const all = ofText(capture);
  const answers = all.flatMap(({ response }) => (response ? [response] : []));
  if (all.length === 0) return undefined;
  if (answers.length === 0) {
    const [silent] = all;
    return grade('none', 'no answer until the client gave up', silent?.request);
  }
  return grade(
    answers.map((answer) => statusOf(answer)).join('-'),
    answers.map(summaryOf).join(', then '),
    answers.at(-1),
  );
};

/** In what order two requests were answered that were said at once. */
const answerOrder: Grader = (capture) => {
  const all = ofText(capture).filter(isAnswered);
  const [first, second] = all;
  if (!first || !second) return undefined;
  const isInOrder = first.response.id < second.response.id;
  const order = [first, second]
    .toSorted((a, b) => a.response.id - b.response.id)
    .map(({ request }) => placeOf(request))
    .join(', then ');
  return grade(
    isInOrder ? 'asked' : 'quick',
    `the answers in this order: ${order}`,
    second.response,
  );
};

/** Whether both requests came in one piece of bytes (M7). */
const onePiece: Grader = (capture) => {
  const [first, second] = ofText(capture).filter(isAnswered);
  if (!first || !second) return undefined;
  const isOne = first.request.at === second.request.at;
  return grade(
    isOne ? 'together' : 'apart',
    isOne
      ? 'two requests that arrived in one piece of bytes'
      : 'each request in a piece of its own',
    second.request,
  );
};

/** What becomes of the connection after a 400. */
const afterRefusal: Grader = (capture) => {
  const refusal = ofText(capture).find(({ response }) => statusOf(response) === 400);
  const connection = capture.connections.find(({ id }) => id === refusal?.connection);
  if (!refusal?.response || !connection) return undefined;
  const isClosed = connection.closed?.by === 'server';
  const sentence = isClosed
    ? '400, and then the server closes the connection'
    : '400 on a connection that the server keeps';
  return grade(isClosed ? 'closed' : 'kept', sentence, refusal.response);
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** How often the server got a note that the page's program posted once. */
const noteTimes: Grader = (capture) => {
  const all = browsers(capture);
  const posts = all.filter(({ request }) => methodOf(request) === 'POST' && !request.lost);
  const asked = posts.filter(({ response }) => !response.lost).length;
  const [first, second] = posts;
  if (!first) return undefined;
  const count = posts.length;
  const answer = count > asked ? 'twice' : 'once';
  const on = new Set(posts.map(({ connection }) => connection)).size;
  const sentence = `the same POST ${times(count)} on ${plural(on, 'connection')}, and ${times(asked)} in the program`;
  return grade(answer, sentence, (second ?? first).request);
};

export const HTTP_GRADERS: Readonly<Record<string, Grader>> = {
  'http-connections': connections,
  'http-note-times': noteTimes,
  'http-second-reading': secondReading,
  'http-page-told': pageTold,
  'http-head-body': headBody,
  'http-after-missing': afterMissing,
  'http-story-end': storyEnd,
  'http-note-length': noteLength,
  'raw-statuses': statuses,
  'raw-answer-order': answerOrder,
  'raw-one-piece': onePiece,
  'raw-after-refusal': afterRefusal,
};
