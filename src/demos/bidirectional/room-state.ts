// What the server and each device take for true at a moment, read from the frames that told them and
// from what the amplifier and the display wrote down of themselves. Draws nothing.

import type { Capture } from '../../capture/capture.ts';
import type { Noted } from '../../capture/record.ts';
import { type Spoken, spokenIn } from '../../capture/spoken.ts';

export const FACTS = ['volume', 'muted', 'source', 'occupied', 'amplifier', 'display'] as const;
export type Fact = (typeof FACTS)[number];

export interface Known {
  readonly value: string;
  readonly at: number;
  /** The frame that told it; absent where the device turned a knob of its own. */
  readonly frame?: number;
}

export type Beliefs = Readonly<Partial<Record<Fact, Known>>>;

export interface Room {
  /** `server`, and the clients by name. */
  readonly beliefs: ReadonlyMap<string, Beliefs>;
  /** The clients that have connected so far, and whether they are connected now. */
  readonly isHere: ReadonlyMap<string, boolean>;
}

interface Change {
  readonly at: number;
  readonly who: string;
  readonly facts: Beliefs;
  /** The version of the room that a frame told. */
  readonly version?: number;
}

/** Reads a capture once; answers for any moment of it. */
export function roomOf(capture: Capture): (playhead: number) => Room {
  const changes = [
    ...spokenIn(capture).flatMap(changesBy),
    ...capture.notes.flatMap(turnedBy),
  ].toSorted((a, b) => a.at - b.at);
  return (playhead) => {
    const beliefs = new Map<string, Beliefs>();
    let version = 0;
    for (const change of changes) {
      if (change.at > playhead) break;
      const { who, facts } = change;
      // The server’s own knowledge is never older than what it told before.
      if (who === 'server' && (change.version ?? version) < version) continue;
      if (who === 'server') version = Math.max(version, change.version ?? 0);
      beliefs.set(who, { ...beliefs.get(who), ...changed(beliefs.get(who) ?? {}, facts) });
    }
    return { beliefs, isHere: presence(capture.notes, playhead) };
  };
}

/** What stays as it was keeps the frame that first told it. */
const changed = (before: Beliefs, facts: Beliefs): Beliefs =>
  Object.fromEntries(
    FACTS.flatMap((fact) => {
      const known = facts[fact];
      return known && known.value !== before[fact]?.value ? [[fact, known]] : [];
    }),
  );

function presence(notes: readonly Noted[], playhead: number): ReadonlyMap<string, boolean> {
  const isHere = new Map<string, boolean>();
  for (const { who, what, wroteAt } of notes) {
    if (wroteAt > playhead) continue;
    if (what === 'connected') isHere.set(who, true);
    if (what === 'disconnected') isHere.set(who, false);
  }
  return isHere;
}

/** What a device did with its own knobs. */
function turnedBy({ what, who, message, detail, wroteAt: at }: Noted): Change[] {
  const isDevice = who === 'amplifier' || who === 'display';
  if (!isDevice || what !== 'handled' || detail === undefined) return [];
  return [{ at, who, facts: factsFrom({ [message]: detail }, { at }) }];
}

/** What a frame tells whoever hears it; and what it says of the server, who sent or heard it. */
function changesBy(said: Spoken): Change[] {
  const { at, who, direction, event, args, isAck, asked } = said;
  const by = { at, frame: said.ref.frame };
  const server = (facts: object): Change => ({ at, who: 'server', facts: factsFrom(facts, by) });
  const [first] = args;
  if (direction === 'up') {
    if (event === 'occupied') {
      const facts = factsFrom({ occupied: first }, by);
      return [server({ occupied: first }), { at, who, facts }];
    }
    if (event === 'hello') return [server({ [String(first)]: 'here' })];
    const what = (asked?.args[0] as { what?: unknown } | undefined)?.what;
    return isAck && event === 'set' ? [server({ [String(what)]: first })] : [];
  }
  if (isAck && event === 'set') {
    const wish = asked?.args[0] as { what?: unknown; value?: unknown } | undefined;
    return first === 'the server has it' ? [server({ [String(wish?.what)]: wish?.value })] : [];
  }
  if (typeof first !== 'object' || first === null || !('version' in first)) return [];
  const version = Number(first.version);
  const isPanel = who.startsWith('panel');
  return [
    { ...server(first), version },
    ...(isPanel ? [{ at, who, facts: factsFrom(first, by) }] : []),
  ];
}

function factsFrom(values: object, by: Omit<Known, 'value'>): Beliefs {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([fact]) => (FACTS as readonly string[]).includes(fact))
      .map(([fact, value]) => [fact, { ...by, value: String(value) }]),
  );
}
