// Turns the records of a tap into a capture, as they come. Knows how connections are told apart, and
// leaves their bytes to the conversation.

import { type Micros, micros } from '../lib/time.ts';
import type { Taken } from './byte-stream.ts';
import type { Capture, Frame } from './capture.ts';
import { Conversation, unseen } from './conversation.ts';
import type { FrameDraft } from './frame-draft.ts';
import { LinkMarks } from './link-marks.ts';
import { Pairs } from './pairs.ts';
import {
  type Direction,
  type Faulted,
  isOfWire,
  type Noted,
  type Opened,
  type SeenPacket,
  type TapRecord,
  type WireRecord,
} from './record.ts';
import { Sessions } from './sessions.ts';

export interface Analyzer {
  /** Records in the order of their `seq`; one that was pushed before is ignored. */
  push(record: TapRecord): void;
  /** The ring let go of these before they were read. */
  dropped(records: number, bytes: number): void;
  /** Bytes of that connection are missing here: what is pushed next is read from where it can be. */
  gap(connection: number): void;
  /** What was seen so far. Never changes; the same object until something new was pushed. */
  capture(): Capture;
}

interface Options extends Pick<Capture, 'provenance'> {
  /** Told of each frame when its last byte was pushed. */
  onFrame?(frame: Frame): void;
}

/** Total: any records give a capture, and what is wrong with them is a `Problem` in a layer. */
export function createAnalyzer({ provenance, onFrame }: Options): Analyzer {
  const frames: Frame[] = [];
  const pairs = new Pairs();
  const notes: Noted[] = [];
  const faults: Faulted[] = [];
  const packets: SeenPacket[] = [];
  const marks = new LinkMarks(frames);
  const sessions = new Sessions();
  const conversations = new Map<number, Conversation>();
  let lost = { records: 0, bytes: 0 };
  let lastSeq = 0;
  let endAt = micros(0);
  let snapshot: Capture | undefined;

  const emitter =
    (connection: number) =>
    (direction: Direction, taken: Taken, draft: FrameDraft): void => {
      const { bytes: _, ...place } = taken;
      const { sources, layers } = draft;
      const id = frames.length;
      // A client that sends WebSocket frames before the 101 makes them readable only by the 101.
      const at = micros(Math.max(place.at, frames.at(-1)?.at ?? 0));
      frames.push({ id, ...place, at, connection, direction, sources, layers });
      onFrame?.(frames[id] as Frame);
      marks.added(id);
      pairs.add(id, draft.ends);
    };

  const begin = (id: number, connection: Conversation['connection'], isWhole: boolean) => {
    const conversation = new Conversation(connection, isWhole, sessions, emitter(id));
    conversations.set(id, conversation);
    return conversation;
  };
  const conversationOf = (id: number, at: Micros) =>
    conversations.get(id) ?? begin(id, unseen(id, at), false);
  const push = (record: TapRecord): void => {
    const { seq, at } = record;
    if (seq <= lastSeq) return;
    // The number before the first record may be anything: the tap was there before its reader.
    if (lastSeq > 0 && seq !== lastSeq + 1) for (const one of conversations.values()) one.resume();
    lastSeq = seq;
    endAt = micros(Math.max(endAt, at));
    snapshot = undefined;
    if (record.kind === 'note') notes.push(record);
    else if (record.kind === 'fault') faults.push(record);
    else if (record.kind === 'packet') packets.push(record);
    else if (isOfWire(record)) pushWire(record);
    else for (const unsent of marks.take(record)) pushWire(unsent);
  };

  const pushWire = (record: WireRecord): void => {
    const { connection: id, at } = record;
    if (record.kind === 'chunk') conversationOf(id, at).push(record);
    else if (record.kind === 'close') conversationOf(id, at).close(record);
    else if (!conversations.has(id)) begin(id, opened(record), true);
  };

  const dropped = (records: number, bytes: number): void => {
    lost = { records: lost.records + records, bytes: lost.bytes + bytes };
    snapshot = undefined;
  };

  const capture = (): Capture => {
    snapshot ??= {
      provenance,
      connections: Array.from(conversations.values(), ({ connection }) => connection),
      frames: frames.slice(),
      pairs: pairs.all(),
      ...besideFrames(notes, faults, packets),
      dropped: lost,
      endAt,
    };
    return snapshot;
  };
  return { push, dropped, gap: (connection) => conversations.get(connection)?.resume(), capture };
}

const besideFrames = (
  notes: readonly Noted[],
  faults: readonly Faulted[],
  packets: readonly SeenPacket[],
) => ({
  notes: notes.toSorted((a, b) => a.wroteAt - b.wroteAt),
  faults: faults.slice(),
  ...(packets.length > 0 ? { packets: packets.slice() } : {}),
});

const opened = ({
  connection: id,
  at,
  lane,
  client,
  server,
}: Opened): Conversation['connection'] => ({
  id,
  lane,
  client,
  server,
  openedAt: at,
  role: 'unknown',
});
