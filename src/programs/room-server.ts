// The server of a room with panels, an amplifier, a display and a sensor: the server's program of the
// lesson about both directions.

import { defineServer, type ServerSocket } from './program.ts';

export interface RoomRules {
  /** News goes to everybody at once; otherwise each panel has to ask. */
  readonly tells: boolean;
  /** A wish is answered when the device has done it; otherwise as soon as the server has it. */
  readonly confirms: boolean;
  /** A wish that is based on an old version of the room is refused. */
  readonly checksVersion: boolean;
}

export const roomServer = defineServer<RoomRules>((io, rules) => {
  const room = {
    version: 1,
    volume: 30,
    muted: false,
    source: 'HDMI 1',
    occupied: false,
    amplifier: 'away',
    display: 'away',
  };
  const owners = new Map([
    ['volume', 'amplifier'],
    ['muted', 'amplifier'],
    ['source', 'display'],
  ]);
  const devices = new Map<string, ServerSocket>();

  function change(news: object) {
    Object.assign(room, news);
    room.version += 1;
    if (rules.tells) io.emit('state', room);
  }

  io.on('connection', (socket) => {
    socket.on('state?', (answer) => answer(room));

    socket.on('set', ({ what, value }, version, answer) => {
      const name = owners.get(what);
      if (!name) return;
      const device = devices.get(name);
      const isOld = rules.checksVersion && version !== room.version;
      if (isOld) return answer('refused: that was old');

      if (!rules.confirms) {
        device?.emit('set', { what, value });
        change({ [what]: value });
        return answer('the server has it');
      }

      if (!device) return answer(`refused: the ${name} is away`);
      room.version += 1;
      device.timeout(1_000).emit('set', { what, value }, (late, done) => {
        if (late) return answer(`refused: no word from the ${name}`);
        change({ [what]: done });
        answer('done');
      });
    });

    socket.on('occupied', (occupied) => change({ occupied }));

    socket.on('hello', (name, answer) => {
      if (![...owners.values()].includes(name)) return;
      devices.set(name, socket);
      change({ [name]: 'here' });
      answer(room);

      socket.on('disconnect', () => {
        if (devices.get(name) !== socket) return;
        devices.delete(name);
        change({ [name]: 'away' });
      });
    });
  });
});
