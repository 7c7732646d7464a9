// The room's server over real sockets: what it tells without being asked, what it refuses, and that
// nothing that is sent to it gives the room another knob.

import { expect, it, onTestFinished, vi } from 'vitest';
import { startClient, startFront } from '../../front/testing/start-front.ts';

interface State {
  readonly version: number;
  readonly volume: number;
  readonly amplifier: string;
  readonly occupied: boolean;
}

async function openRoom(settings: Record<string, boolean> = {}) {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket'], { exercise: 'av-room', settings });
  return async () => {
    const socket = startClient(port, lab, ['websocket']);
    onTestFinished(() => void socket.disconnect());
    const told: State[] = [];
    socket.on('state', (state: State) => told.push(state));
    await vi.waitFor(() => expect(socket.connected).toBe(true));
    const state = () => socket.timeout(2_000).emitWithAck('state?') as Promise<State>;
    const set = (what: string, value: unknown, version = 0) =>
      socket.timeout(2_000).emitWithAck('set', { what, value }, version);
    return { socket, told, state, set };
  };
}

it('tells everybody what the sensor says, unless they have to ask', async () => {
  const join = await openRoom();
  const [sensor, panel] = [await join(), await join()];
  sensor.socket.emit('occupied', true);
  await vi.waitFor(() => expect(panel.told.map(({ occupied }) => occupied)).toEqual([true]));

  const joinQuiet = await openRoom({ tells: false });
  const [other, asking] = [await joinQuiet(), await joinQuiet()];
  other.socket.emit('occupied', true);
  await vi.waitFor(async () => expect((await asking.state()).occupied).toBe(true));
  expect(asking.told).toEqual([]);
});

it('says done when the device has done it, and then what it did', async () => {
  const join = await openRoom();
  const [amplifier, panel] = [await join(), await join()];
  expect(await panel.set('volume', 90)).toBe('refused: the amplifier is away');
  amplifier.socket.on('set', (_wish: unknown, confirm: (done: number) => void) => confirm(70));
  await amplifier.socket.emitWithAck('hello', 'amplifier');
  expect(await panel.set('volume', 90)).toBe('done');
  expect((await panel.state()).volume).toBe(70);
});

it('refuses what is based on an old version, where it looks', async () => {
  const join = await openRoom({ confirms: false, checksVersion: true });
  const [one, two] = [await join(), await join()];
  const { version } = await one.state();
  const answers = await Promise.all([
    one.set('volume', 45, version),
    two.set('volume', 20, version),
  ]);
  expect(answers.sort()).toEqual(['refused: that was old', 'the server has it']);
});

it('tells when a device leaves, and gives it the state when it is back', async () => {
  const join = await openRoom({ confirms: false });
  const [amplifier, panel] = [await join(), await join()];
  await amplifier.socket.emitWithAck('hello', 'amplifier');
  amplifier.socket.disconnect();
  await vi.waitFor(() => expect(panel.told.at(-1)?.amplifier).toBe('away'));
  await panel.set('volume', 45);
  const back = await join();
  expect(await back.socket.emitWithAck('hello', 'amplifier')).toMatchObject({ volume: 45 });
});

it('knows no other knobs and no other devices', async () => {
  const join = await openRoom({ confirms: false });
  const panel = await join();
  const before = Object.keys(await panel.state());
  panel.socket.emit('set', { what: 'constructor', value: 1 }, 1, () => undefined);
  panel.socket.emit('hello', 'toaster', () => undefined);
  expect(Object.keys(await panel.state())).toEqual(before);
});
