// The room's programs as text, and how to tell when a line of them ran.

import { type Spoken, spokenIn } from '../../capture/spoken.ts';
import { listingOf } from '../../programs/program.ts';
import device from '../../programs/room-device.ts?raw';
import panel from '../../programs/room-panel.ts?raw';
import sensor from '../../programs/room-sensor.ts?raw';
import server from '../../programs/room-server.ts?raw';
import type { LineRule, Listing } from '../../views/listing.ts';

const when =
  (is: (said: Spoken) => boolean): LineRule['ran'] =>
  (capture) =>
    spokenIn(capture)
      .filter(is)
      .map(({ at, ref }) => ({ at, frame: ref.frame }));

const event = (name: string, direction: 'up' | 'down') =>
  when((said) => !said.isAck && said.event === name && said.direction === direction);

const answered = (name: string, direction: 'up' | 'down', word = '') =>
  when(
    (said) =>
      said.isAck &&
      said.event === name &&
      said.direction === direction &&
      String(said.args[0]).includes(word),
  );

/** Commands to a device, with or without a question for what it did. */
const commands = (isAsked: boolean): LineRule['ran'] => {
  return (capture) => {
    const asking = new Set(
      capture.pairs.flatMap(({ kind, from }) => (kind === 'event-ack' ? [from.frame] : [])),
    );
    const isCommand = (said: Spoken): boolean =>
      !said.isAck && said.event === 'set' && said.direction === 'down';
    return when((said) => isCommand(said) && asking.has(said.ref.frame) === isAsked)(capture);
  };
};

/** A panel’s questions for news: the first one when it connects, the others as time passes. */
const asks =
  (isFirst: boolean): LineRule['ran'] =>
  (capture) => {
    const known = new Set<string>();
    const isMine = ({ who, isAck, event, direction }: Spoken): boolean => {
      if (isAck || event !== 'state?' || direction !== 'up') return false;
      const isNew = !known.has(who);
      known.add(who);
      return isNew === isFirst;
    };
    return when(isMine)(capture);
  };

const shows: LineRule['ran'] = (capture) =>
  [...answered('state?', 'down')(capture), ...event('state', 'down')(capture)].toSorted(
    (a, b) => a.at - b.at,
  );

export const SERVER_LISTING: Listing = {
  title: 'The room’s program, on the server',
  text: listingOf(server),
  rules: [
    { code: "io.emit('state', room)", ran: event('state', 'down') },
    { code: "socket.on('state?'", ran: event('state?', 'up') },
    { code: "socket.on('set'", ran: event('set', 'up') },
    { code: 'that was old', ran: answered('set', 'down', 'old') },
    { code: "device?.emit('set'", ran: commands(false) },
    { code: "answer('the server has it')", ran: answered('set', 'down', 'the server has it') },
    { code: 'is away`)', ran: answered('set', 'down', 'is away') },
    { code: 'device.timeout(', ran: commands(true) },
    { code: 'no word from', ran: answered('set', 'down', 'no word') },
    { code: 'change({ [what]: done })', ran: answered('set', 'up') },
    { code: "answer('done')", ran: answered('set', 'down', 'done') },
    { code: "socket.on('occupied'", ran: event('occupied', 'up') },
    { code: "socket.on('hello'", ran: event('hello', 'up') },
  ],
};

export const PANEL_LISTING: Listing = {
  title: 'The program of a panel',
  text: listingOf(panel),
  rules: [
    { code: 'page.show(room)', ran: shows },
    { code: "socket.on('connect'", ran: asks(true) },
    { code: "socket.on('state', hear)", ran: event('state', 'down') },
    { code: "    socket.emit('state?', hear);", ran: asks(false) },
    { code: "socket.emit('set'", ran: event('set', 'up') },
    { code: 'page.showAnswer(answer)', ran: answered('set', 'down') },
  ],
};

export const DEVICE_LISTING: Listing = {
  title: 'The program of the amplifier and of the display',
  text: listingOf(device),
  rules: [
    { code: "socket.emit('hello'", ran: event('hello', 'up') },
    { code: 'apply(what, room[what])', ran: answered('hello', 'down') },
    { code: "socket.on('set'", ran: event('set', 'down') },
    { code: 'confirm?.(done)', ran: answered('set', 'up') },
  ],
};

export const SENSOR_LISTING: Listing = {
  title: 'The program of the sensor',
  text: listingOf(sensor),
  rules: [{ code: "socket.emit('occupied'", ran: event('occupied', 'up') }],
};
