// The queue's program and its consumer's as text, and how to tell when a line of them ran.

import { listingOf } from '../../programs/program.ts';
import consumer from '../../programs/queue-consumer.ts?raw';
import server from '../../programs/queue-server.ts?raw';
import { inFrames, inNotes, type Listing } from '../../views/listing.ts';
import { fieldOf, fieldValue, type Layer } from '../../wire/layer.ts';

const isEvent = (layer: Layer, name: string): boolean =>
  fieldValue(layer, 'socketio.event') === name;

const passes = (event: string, direction: 'up' | 'down') =>
  inFrames((layer, frame) => frame.direction === direction && isEvent(layer, event));

/** An acknowledgement with that word. */
const answers = (word: string, direction: 'up' | 'down') =>
  inFrames(
    (layer, frame) =>
      frame.direction === direction &&
      layer.protocol === 'socketio' &&
      fieldOf(layer, 'socketio.type')?.meaning === 'ack' &&
      String(fieldValue(layer, 'socketio.argument')).includes(word),
  );

export const QUEUE_LISTING: Listing = {
  title: 'The queue’s program, on the server',
  text: listingOf(server),
  rules: [
    { code: "socket.on('publish'", ran: passes('publish', 'up') },
    { code: "answer('full')", ran: answers('full', 'down') },
    { code: "io.emit('dropped'", ran: passes('dropped', 'down') },
    { code: "answer('kept')", ran: answers('kept', 'down') },
    { code: "socket.on('consume'", ran: passes('consume', 'up') },
    {
      code: 'consumer.socket.timeout(',
      ran: inFrames(
        (layer, frame) =>
          frame.direction === 'down' &&
          isEvent(layer, 'deliver') &&
          fieldOf(layer, 'socketio.ack_id') !== undefined,
      ),
    },
    { code: 'consumer.busy -= 1', ran: answers('', 'up') },
    { code: "io.emit('dead letter'", ran: passes('dead letter', 'down') },
    {
      code: "consumer.socket.emit('deliver'",
      ran: inFrames(
        (layer, frame) =>
          frame.direction === 'down' &&
          isEvent(layer, 'deliver') &&
          fieldOf(layer, 'socketio.ack_id') === undefined,
      ),
    },
  ],
};

export const CONSUMER_LISTING: Listing = {
  title: 'The program of both consumers',
  text: listingOf(consumer),
  rules: [
    { code: "socket.emit('consume'", ran: passes('consume', 'up') },
    { code: "socket.on('deliver'", ran: passes('deliver', 'down') },
    { code: "confirm('known')", ran: answers('known', 'up') },
    { code: 'await work(message)', ran: inNotes(({ what }) => what === 'handled') },
    { code: "confirm('done')", ran: answers('done', 'up') },
  ],
};
