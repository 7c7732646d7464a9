// An occupancy sensor: a client's program of the lesson about both directions.

import { defineClient } from './program.ts';

interface Page {
  onMotion(run: (occupied: boolean) => void): void;
}

export const roomSensor = defineClient<Page>()(({ socket, onMotion }) => {
  onMotion((occupied) => {
    socket.emit('occupied', occupied);
  });
});
