// The two programs of the demo as text, and how to tell from a capture when a line of them ran.

import client from '../../programs/connections-client.ts?raw';
import server from '../../programs/connections-server.ts?raw';
import { listingOf } from '../../programs/program.ts';
import { inFrames, inNotes, type Listing } from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

const isType = (layer: Layer, type: string): boolean =>
  layer.protocol === 'socketio' && fieldOf(layer, 'socketio.type')?.meaning === type;

const isGreeting = (layer: Layer): boolean => fieldValue(layer, 'socketio.event') === 'greet';

export const SERVER_LISTING: Listing = {
  title: 'The server’s program',
  text: listingOf(server),
  rules: [
    {
      code: "io.on('connection'",
      ran: inFrames((layer, frame) => frame.direction === 'down' && isType(layer, 'connect')),
    },
    { code: "socket.on('greet'", ran: inFrames(isGreeting) },
    {
      code: 'answer(`',
      ran: inFrames((layer, frame) => frame.direction === 'down' && isType(layer, 'ack')),
    },
  ],
};

export const CLIENT_LISTING: Listing = {
  title: 'The program of each client',
  text: listingOf(client),
  rules: [
    { code: 'addEventListener', ran: inNotes(({ what }) => what === 'emitted') },
    { code: 'socket.emit(', ran: inFrames(isGreeting) },
    { code: 'show(answer)', ran: inNotes(({ what }) => what === 'acknowledged') },
  ],
};
