// The room: panels that are touched, devices that do what they are told, and a sensor that speaks when
// it sees somebody. Each is a real client; who does what is chosen by the learner.

import { roomDevice } from '../../programs/room-device.ts';
import { roomPanel, type Wish } from '../../programs/room-panel.ts';
import { roomSensor } from '../../programs/room-sensor.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';

export interface RoomParams {
  readonly transport: string;
  readonly hears: string;
  readonly panel1: string;
  readonly panel2: string;
  readonly when: string;
  readonly rule: string;
  readonly answer: string;
  readonly sensor: string;
  readonly amplifier: string;
  readonly lent: string;
}

const WISHES: Readonly<Record<string, Wish>> = {
  'volume-20': { what: 'volume', value: 20 },
  'volume-45': { what: 'volume', value: 45 },
  'volume-90': { what: 'volume', value: 90 },
  mute: { what: 'muted', value: true },
  'source-2': { what: 'source', value: 'HDMI 2' },
};

/** The amplifier plays no louder than this. */
const LIMIT = 70;

/** For how long a panel is lent, unless the learner takes it back before. */
const LENT_MS = 60_000;

/** Between one thing that happens and the next. */
const GAP_MS = 700;

export function lab({ transport, hears, rule, answer }: RoomParams): LabOptions {
  return {
    lanes: {
      main: {
        exercise: 'av-room',
        transports: [transport === 'polling' ? 'polling' : 'websocket'],
        settings: {
          tells: hears === 'told',
          confirms: answer === 'device',
          checksVersion: rule === 'version',
        },
      },
    },
  };
}

/** Over polling each client keeps a request open, and a browser allows six connections to a place. */
export const clientsIn = (isPolling: boolean): readonly string[] =>
  isPolling
    ? ['panel 1', 'amplifier', 'sensor']
    : ['panel 1', 'panel 2', 'amplifier', 'display', 'sensor'];

export async function run(run: LabRun, params: RoomParams): Promise<void> {
  const names = clientsIn(params.transport === 'polling');
  const room = new Map(names.map((name) => [name, run.open({ lane: 'main', name })]));
  const end = { isOver: false };
  const hands: Hands = new Map();
  const touch = (name: string) => start(room.get(name), run, { name, params, end, hands });
  const devices = ['amplifier', 'display', 'sensor'].map(touch);
  const panels = ['panel 1', 'panel 2'].map(touch);
  for (const name of ['amplifier', 'display', 'sensor', 'panel 2', 'panel 1']) {
    await room.get(name)?.connect();
  }
  await run.wait(400);
  try {
    await happen(run, params, room.get('amplifier'), [...panels, ...devices]);
    const lent = hands.has('panel 2') ? 'panel 2' : 'panel 1';
    const hand = hands.get(lent);
    if (params.lent === 'yes' && hand) await run.lend(lent, LENT_MS, hand);
  } finally {
    end.isOver = true;
  }
}

/** What happens in the room, one thing after another. */
async function happen(
  { wait }: LabRun,
  params: RoomParams,
  amplifier: LabClient | undefined,
  [one, two, , , sensor]: readonly (() => void)[],
): Promise<void> {
  const isCut = params.amplifier === 'cut';
  if (isCut) {
    amplifier?.socket.disconnect();
    await wait(GAP_MS);
  }
  if (params.sensor === 'comes') {
    sensor?.();
    await wait(GAP_MS);
  }
  one?.();
  if (params.when === 'after') await wait(GAP_MS);
  two?.();
  await wait(GAP_MS);
  if (isCut) {
    await amplifier?.connect();
    await wait(GAP_MS);
  }
  // Time for those that ask.
  if (params.hears !== 'told') await wait(3 * askEvery(params));
}

const askEvery = ({ hears }: RoomParams): number => (hears === 'told' ? 0 : Number(hears) || 500);

interface Part {
  readonly name: string;
  readonly params: RoomParams;
  readonly end: { readonly isOver: boolean };
  readonly hands: Hands;
}

/** Panel → what touches it for somebody else, and says how it was answered. */
type Hands = Map<string, (wish: Wish) => Promise<string>>;

/** Runs a client's program; returns what makes it act. */
function start(client: LabClient | undefined, run: LabRun, part: Part): () => void {
  if (!client) return () => undefined;
  if (part.name.startsWith('panel')) return startPanel(client, run, part);
  if (part.name === 'sensor') return startSensor(client);
  startDevice(client, part.name === 'display' ? 'display' : 'amplifier');
  return () => undefined;
}

function startPanel(client: LabClient, { wait }: LabRun, part: Part): () => void {
  const { name, params, end, hands } = part;
  const wish = WISHES[name === 'panel 1' ? params.panel1 : params.panel2];
  let press = (_: Wish): void => undefined;
  let asked = wish;
  let hear = (_: string): void => undefined;
  roomPanel({
    socket: client.socket,
    asksEvery: askEvery(params),
    async every(ms, ask) {
      for (await wait(ms); !end.isOver; await wait(ms)) if (client.socket.connected) ask();
    },
    onTouch(run) {
      press = run;
    },
    show: ({ version }) => client.note('handled', 'state', `version ${version}`),
    showAnswer(answer) {
      client.note('acknowledged', asked?.what ?? '', String(answer));
      hear(String(answer));
    },
  });
  const touch = (next: Wish): void => {
    asked = next;
    client.note('emitted', next.what, String(next.value));
    press(next);
  };
  hands.set(name, (next) => {
    const answered = new Promise<string>((resolve) => {
      hear = resolve;
    });
    touch(next);
    return answered;
  });
  return () => {
    if (wish) touch(wish);
  };
}

function startSensor(client: LabClient): () => void {
  let move = (_: boolean): void => undefined;
  roomSensor({
    socket: client.socket,
    onMotion(run) {
      move = run;
    },
  });
  return () => {
    client.note('emitted', 'occupied', 'true');
    move(true);
  };
}

const KNOBS = { amplifier: ['volume', 'muted'], display: ['source'] } as const;

function startDevice(client: LabClient, name: 'amplifier' | 'display'): void {
  const knobs: readonly string[] = KNOBS[name];
  roomDevice({
    socket: client.socket,
    name,
    apply(what, value) {
      if (!knobs.includes(what)) return undefined;
      const done = what === 'volume' ? Math.min(Number(value), LIMIT) : value;
      client.note('handled', what, String(done));
      return done;
    },
  });
}
