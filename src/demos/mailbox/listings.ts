// The mailbox's program and its owner's as text, and how to tell when a line of them ran.

import client from '../../programs/mailbox-client.ts?raw';
import server from '../../programs/mailbox-server.ts?raw';
import { listingOf } from '../../programs/program.ts';
import { inFrames, inNotes, type Listing } from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

const passes = (event: string, direction: 'up' | 'down') =>
  inFrames(
    (layer, frame) =>
      frame.direction === direction && fieldValue(layer, 'socketio.event') === event,
  );

const isAck = (layer: Layer, word: string): boolean =>
  fieldOf(layer, 'socketio.type')?.meaning === 'ack' &&
  (String(fieldValue(layer, 'socketio.argument')) === 'kept') === (word === 'kept');

const answers = (word: string) =>
  inFrames((layer, frame) => frame.direction === 'down' && isAck(layer, word));

export const SERVER_LISTING: Listing = {
  title: 'The mailbox’s program, on the server',
  text: listingOf(server),
  rules: [
    { code: "socket.on('leave'", ran: passes('leave', 'up') },
    { code: "io.to(name).emit('letter'", ran: passes('letter', 'down') },
    { code: "answer('kept')", ran: answers('kept') },
    { code: "socket.on('return'", ran: passes('return', 'up') },
    { code: 'answer(boxOf(name))', ran: answers('box') },
    { code: "socket.on('confirm'", ran: passes('confirm', 'up') },
  ],
};

export const CLIENT_LISTING: Listing = {
  title: 'Ada’s program',
  text: listingOf(client),
  rules: [
    { code: 'read(letter);', ran: inNotes(({ who, what }) => who === 'Ada' && what === 'handled') },
    { code: "socket.emit('confirm'", ran: passes('confirm', 'up') },
    { code: "socket.on('letter'", ran: passes('letter', 'down') },
    { code: "socket.emit('return'", ran: passes('return', 'up') },
    { code: 'for (const letter of kept)', ran: answers('box') },
  ],
};
