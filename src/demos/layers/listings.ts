// The two programs of the demo as text, and how to tell from a capture when a line of them ran.

import client from '../../programs/layers-client.ts?raw';
import server from '../../programs/layers-server.ts?raw';
import { listingOf } from '../../programs/program.ts';
import { inFrames, inNotes, type Listing } from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

const isType = (layer: Layer, type: string): boolean =>
  layer.protocol === 'socketio' && fieldOf(layer, 'socketio.type')?.meaning === type;

const isSay = (layer: Layer): boolean => fieldValue(layer, 'socketio.event') === 'say';

/** Not the two short messages at the end, which the demo sends beside this program. */
const isPressed = (layer: Layer): boolean =>
  isSay(layer) && !['one', 'two'].includes(String(fieldValue(layer, 'socketio.argument')));

export const SERVER_LISTING: Listing = {
  title: 'The server’s program',
  text: listingOf(server),
  rules: [
    {
      code: "io.on('connection'",
      ran: inFrames((layer, frame) => frame.direction === 'down' && isType(layer, 'connect')),
    },
    { code: "socket.on('say'", ran: inFrames(isSay) },
    {
      code: 'answer(`',
      ran: inFrames((layer, frame) => frame.direction === 'down' && isType(layer, 'ack')),
    },
  ],
};

export const CLIENT_LISTING: Listing = {
  title: 'The client’s program',
  text: listingOf(client),
  rules: [
    { code: 'addEventListener', ran: inNotes(({ what }) => what === 'emitted') },
    { code: 'socket.emit(', ran: inFrames(isPressed) },
    { code: 'show(answer)', ran: inNotes(({ what }) => what === 'acknowledged') },
  ],
};
