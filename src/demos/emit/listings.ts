// The two programs of the demo as text, and how to tell from a capture when a line of them ran.

import client from '../../programs/emit-client.ts?raw';
import server from '../../programs/emit-server.ts?raw';
import { listingOf } from '../../programs/program.ts';
import { inFrames, inNotes, type Listing } from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

const isType = (layer: Layer, type: string): boolean =>
  layer.protocol === 'socketio' && fieldOf(layer, 'socketio.type')?.meaning === type;

const isEvent = (layer: Layer): boolean => isType(layer, 'event') || isType(layer, 'binary event');

const eventOf = (layer: Layer): string => String(fieldValue(layer, 'socketio.event') ?? '');

/** The event with that name on its way. */
const says = (event: string, direction: 'up' | 'down', who?: string) =>
  inFrames(
    (layer, frame) => frame.direction === direction && isEvent(layer) && eventOf(layer) === event,
    who,
  );

const TARGETS = ['everybody', 'everybody, volatile', 'the others', 'front row', 'only me'];

/** The third argument says whom it is for. */
const saysFor = (target: string) =>
  inFrames(
    (layer, frame) =>
      frame.direction === 'up' &&
      isEvent(layer) &&
      eventOf(layer) === 'say' &&
      layer.fields.some(
        ({ spec, value }) => spec.key === 'socketio.argument' && argument(value) === target,
      ),
  );

const argument = (value: unknown): string => String(value).replace(/^"|"$/g, '');

export const SERVER_LISTING: Listing = {
  title: 'The server’s program',
  text: listingOf(server),
  rules: [
    {
      code: "io.on('connection'",
      ran: inFrames((layer, frame) => frame.direction === 'down' && isMainConnect(layer)),
    },
    { code: "socket.on('sit'", ran: says('sit', 'up') },
    { code: "socket.on('say'", ran: says('say', 'up') },
    ...TARGETS.map((target) => ({ code: `=== '${target}'`, ran: saysFor(target) })),
    {
      code: 'answer(',
      ran: inFrames((layer, frame) => frame.direction === 'down' && isAck(layer)),
    },
    {
      code: "io.of('/news')",
      ran: inFrames(
        (layer, frame) => frame.direction === 'down' && isNews(layer) && isType(layer, 'connect'),
      ),
    },
    { code: "'headline'", ran: says('headline', 'down') },
  ],
};

const isNews = (layer: Layer): boolean => fieldValue(layer, 'socketio.namespace') === '/news';
const isMainConnect = (layer: Layer): boolean => isType(layer, 'connect') && !isNews(layer);
const isAck = (layer: Layer): boolean => isType(layer, 'ack') || isType(layer, 'binary ack');

export const CLIENT_LISTING: Listing = {
  title: 'The program of each client, here in yours',
  text: listingOf(client),
  rules: [
    {
      code: 'addEventListener',
      ran: inNotes(({ who, what }) => who === 'you' && what === 'emitted'),
    },
    {
      code: 'sender.emit(',
      ran: inFrames((layer, frame) => frame.direction === 'up' && isEvent(layer), 'you'),
    },
    {
      code: 'show(answer)',
      ran: inNotes(({ who, what }) => who === 'you' && what === 'acknowledged'),
    },
    { code: "socket.on('said'", ran: says('said', 'down', 'you') },
    { code: 'show(text)', ran: inNotes(({ who, what }) => who === 'you' && what === 'handled') },
  ],
};
