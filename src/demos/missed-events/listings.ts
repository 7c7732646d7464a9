// The programs of the demo as text, and how to tell from a capture when a line of them ran.

import type { Capture } from '../../capture/capture.ts';
import type { Noted } from '../../capture/record.ts';
import { listingOf } from '../../programs/program.ts';
import {
  type Instant,
  inFrames,
  inNotes,
  type LineRule,
  type Listing,
} from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';
import { ACK_TIMEOUT_MS, RECOVERY_MS, RETRIES, STRATEGIES } from './strategies.ts';

const SOURCES = import.meta.glob<string>('../../programs/missed-*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const sourceOf = (name: string): string => SOURCES[`../../programs/missed-${name}.ts`] ?? '';

/** Which client's program a lane has; most have one of their own name. */
const CLIENT_OF: Readonly<Record<string, string>> = { recovery: 'buffer' };

/** The programs of one lane, the server's first, each with the options that it is started with. */
export function listingsOf(lane: string): readonly Listing[] {
  const strategy = STRATEGIES[lane];
  if (!strategy) return [];
  const serverOptions = strategy.recovers
    ? `const io = new Server(http, { connectionStateRecovery: {\n  maxDisconnectionDuration: ${RECOVERY_MS},\n} });\n\n`
    : '';
  const clientOptions = strategy.retries
    ? `const socket = io({ retries: ${RETRIES}, ackTimeout: ${ACK_TIMEOUT_MS} });\n\n`
    : '';
  const server = listingOf(sourceOf(`${strategy.exercise.slice('missed-'.length)}-server`));
  const client = listingOf(sourceOf(`${CLIENT_OF[lane] ?? lane}-client`));
  return [
    listing(`The server’s program: ${strategy.title}`, serverOptions + server, SERVER_RULES, lane),
    listing(`The client’s program: ${strategy.title}`, clientOptions + client, CLIENT_RULES, lane),
  ];
}

/** Only the rules that name exactly one line of the text, and of those for one line the first. */
function listing(title: string, text: string, rules: readonly LineRule[], lane: string): Listing {
  const lines = text.split('\n');
  const ruled = new Set<number>();
  const fits = ({ code }: LineRule): boolean => {
    const line = lines.findIndex((one) => one.includes(code));
    const isOne = line >= 0 && lines.findLastIndex((one) => one.includes(code)) === line;
    if (!isOne || ruled.has(line)) return false;
    ruled.add(line);
    return true;
  };
  return {
    title,
    text,
    rules: rules
      .filter(fits)
      .map(({ code, ran }) => ({ code, ran: (capture) => ran(onLane(capture, lane)) })),
  };
}

/** Other lanes of the capture run other programs. */
const onLane = (capture: Capture, lane: string): Capture => ({
  ...capture,
  connections: capture.connections.filter((one) => one.lane === lane),
  notes: capture.notes.filter((note) => note.lane === lane),
});

const isType = (layer: Layer, type: string): boolean =>
  layer.protocol === 'socketio' && fieldOf(layer, 'socketio.type')?.meaning === type;

const packets = (type: string, direction: 'up' | 'down', event?: string) =>
  inFrames(
    (layer, frame) =>
      frame.direction === direction &&
      isType(layer, type) &&
      (event === undefined || fieldValue(layer, 'socketio.event') === event),
  );

const said =
  (isServer: boolean, what: Noted['what'], prefix: 's' | 'c') =>
  (capture: Capture): readonly Instant[] =>
    inNotes(
      (note) =>
        (note.who === 'server') === isServer &&
        note.what === what &&
        note.message.startsWith(`${prefix}-`),
    )(capture);

/**
 * A listener ran: its program wrote down that it handled the message or knew it. Each with the frame that
 * brought it; what came to a connection that was given up ran nothing.
 */
const heard =
  (isServer: boolean, event: string, prefix: 's' | 'c') =>
  (capture: Capture): readonly Instant[] => {
    const came = packets('event', isServer ? 'up' : 'down', event)(capture);
    const ran = [
      ...said(isServer, 'handled', prefix)(capture),
      ...said(isServer, 'repeated', prefix)(capture),
    ].toSorted((a, b) => a.at - b.at);
    const reached = ({ at, frame }: Instant): number =>
      (isServer ? capture.frames[frame ?? -1]?.passedAt : undefined) ?? at;
    const free = came.toSorted((a, b) => reached(a) - reached(b));
    return ran.map((instant) => {
      // Listeners run in the order in which their frames came.
      const at = free.findLastIndex((one) => reached(one) <= instant.at + CLOCKS_MICROS);
      const [frame] = at < 0 ? [] : free.splice(at, 1);
      return frame ? { ...frame, at: reached(frame) } : instant;
    });
  };

/** How far the clocks of two ends may be apart. */
const CLOCKS_MICROS = 2_000;

const SERVER_RULES: readonly LineRule[] = [
  { code: "io.on('connection'", ran: packets('connect', 'down') },
  { code: "socket.on('report'", ran: heard(true, 'report', 'c') },
  { code: 'handle(report)', ran: said(true, 'handled', 'c') },
  { code: 'known(report)', ran: said(true, 'repeated', 'c') },
  { code: 'answer()', ran: packets('ack', 'down') },
  { code: "broadcast.emit('report'", ran: packets('event', 'down', 'report') },
  { code: "ticker.on('news'", ran: said(true, 'emitted', 's') },
  { code: 'keep(news)', ran: said(true, 'buffered', 's') },
  { code: "emit('news'", ran: packets('event', 'down', 'news') },
  { code: 'confirmed(news)', ran: said(true, 'acknowledged', 's') },
  { code: 'gaveUp(news)', ran: said(true, 'abandoned', 's') },
];

const CLIENT_RULES: readonly LineRule[] = [
  { code: 'answer({ last })', ran: packets('connect', 'up') },
  { code: "socket.on('news'", ran: heard(false, 'news', 's') },
  { code: "socket.on('report'", ran: heard(false, 'report', 'c') },
  { code: 'handle(news)', ran: said(false, 'handled', 's') },
  { code: 'handle(report)', ran: said(false, 'handled', 'c') },
  { code: 'known(news)', ran: said(false, 'repeated', 's') },
  { code: 'answer();', ran: packets('ack', 'up') },
  { code: "ticker.on('report'", ran: said(false, 'emitted', 'c') },
  { code: "emit('report'", ran: packets('event', 'up', 'report') },
  { code: 'confirmed(report)', ran: said(false, 'acknowledged', 'c') },
  { code: 'gaveUp(report)', ran: said(false, 'abandoned', 'c') },
];
