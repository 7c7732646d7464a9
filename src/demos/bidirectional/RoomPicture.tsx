// The room at the playhead: every device with what it takes for true, and what of it is old. A value
// can be pressed to see the frame that brought it.

import { useMemo } from 'react';
import type { ViewProps } from '../../views/view.ts';
import { clientsIn } from './live.ts';
import styles from './RoomPicture.module.css';
import { type Beliefs, type Fact, type Known, type Room, roomOf } from './room-state.ts';

/** What each of them shows, or measures, or is set to. */
const SHOWN: Readonly<Record<string, readonly Fact[]>> = {
  server: ['volume', 'muted', 'source', 'occupied', 'amplifier', 'display'],
  panel: ['volume', 'muted', 'source', 'occupied', 'amplifier', 'display'],
  amplifier: ['volume', 'muted'],
  display: ['source'],
  sensor: ['occupied'],
};

const LABELS: Readonly<Record<Fact, string>> = {
  volume: 'Volume',
  muted: 'Sound',
  source: 'Source',
  occupied: 'Room',
  amplifier: 'Amplifier',
  display: 'Display',
};

const OWNERS: Readonly<Partial<Record<Fact, string>>> = {
  volume: 'amplifier',
  muted: 'amplifier',
  source: 'display',
};

const TITLES: Readonly<Record<string, string>> = {
  server: 'The server',
  'panel 1': 'Panel 1, yours',
  'panel 2': 'Panel 2',
  amplifier: 'Amplifier',
  display: 'Display',
  sensor: 'Sensor',
};

export function RoomPicture({ capture, playhead, selection, onSelect }: ViewProps) {
  const roomAt = useMemo(() => roomOf(capture), [capture]);
  const room = roomAt(playhead);
  const isPolling =
    capture.connections.length > 0 && capture.connections.every(({ role }) => role !== 'websocket');
  return (
    <ul className={styles.room} aria-label="The room at this moment">
      {['server', ...clientsIn(isPolling)].map((who) => (
        <Device key={who} {...{ who, room, selection, onSelect }} />
      ))}
    </ul>
  );
}

interface DeviceProps extends Pick<ViewProps, 'selection' | 'onSelect'> {
  readonly who: string;
  readonly room: Room;
}

function Device({ who, room, selection, onSelect }: DeviceProps) {
  const beliefs = room.beliefs.get(who) ?? {};
  const facts = SHOWN[who.startsWith('panel') ? 'panel' : who] ?? [];
  return (
    <li data-here={who === 'server' || room.isHere.get(who) === true}>
      <p>
        <strong>{TITLES[who] ?? who}</strong> <span>{stateOf(who, room)}</span>
      </p>
      <dl>
        {facts.map((fact) => {
          const known = beliefs[fact];
          const doubt = doubtOf(who, fact, room, beliefs);
          return (
            <div key={fact}>
              <dt>{LABELS[fact]}</dt>
              <dd data-old={doubt !== undefined}>
                <Value {...{ fact, known, selection, onSelect }} />
                {doubt ? <em>{doubt}</em> : null}
              </dd>
            </div>
          );
        })}
      </dl>
    </li>
  );
}

interface ValueProps extends Pick<ViewProps, 'selection' | 'onSelect'> {
  readonly fact: Fact;
  readonly known: Known | undefined;
}

function Value({ fact, known, selection, onSelect }: ValueProps) {
  if (!known) return <span>not known yet</span>;
  const { frame } = known;
  const words = inWords(fact, known.value);
  if (frame === undefined) return <span>{words}</span>;
  return (
    <button
      type="button"
      aria-pressed={selection?.frame === frame}
      onClick={() => onSelect({ frame })}
    >
      {words}
    </button>
  );
}

function stateOf(who: string, { isHere }: Room): string {
  if (who === 'server') return 'as the frames say';
  if (!isHere.has(who)) return 'not connected yet';
  return isHere.get(who) ? 'connected' : 'disconnected';
}

/** What is wrong with that belief, in words; nothing where it is as it should be. */
function doubtOf(who: string, fact: Fact, room: Room, beliefs: Beliefs): string | undefined {
  const mine = beliefs[fact]?.value;
  if (mine === undefined) return undefined;
  if (who === 'server' || who.startsWith('panel')) {
    const owner = OWNERS[fact];
    const real = owner === undefined ? undefined : room.beliefs.get(owner)?.[fact]?.value;
    const server = room.beliefs.get('server')?.[fact]?.value;
    if (who !== 'server' && server !== undefined && server !== mine)
      return `old: the server says ${inWords(fact, server)}`;
    if (real !== undefined && real !== mine)
      return `not so: the ${owner} says ${inWords(fact, real)}`;
  }
  return undefined;
}

function inWords(fact: Fact, value: string): string {
  if (fact === 'muted') return value === 'true' ? 'muted' : 'on';
  if (fact === 'occupied') return value === 'true' ? 'somebody is in' : 'empty';
  return value;
}
