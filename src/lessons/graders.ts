// Questions that the wire answers. Each takes the learner's own capture; none knows the right answer.

import type { Capture, Connection, Frame, LayerRef } from '../capture/capture.ts';
import { CONNECTION_GRADERS } from './connection-graders.ts';
import { EMIT_GRADERS } from './emit-graders.ts';
import { findLayer, typeOf } from './find-layer.ts';
import type { Grader } from './grade.ts';
import { HTTP_GRADERS } from './http-graders.ts';
import { LANE_GRADERS } from './lane-graders.ts';
import { LAYER_GRADERS } from './layer-graders.ts';
import { LEDGER_GRADERS } from './ledger-graders.ts';
import { findMoment, type Moment } from './moments.ts';
import { NEWS_GRADERS } from './news-graders.ts';
import { PACKET_GRADERS } from './packet-graders.ts';
import { QUEUE_GRADERS } from './queue-graders.ts';
import { ROOM_GRADERS } from './room-graders.ts';
import { TCP_ACK_GRADERS } from './tcp-ack-graders.ts';
import { TCP_GRADERS } from './tcp-graders.ts';

const frameAt = (capture: Capture, ref: LayerRef): Frame => capture.frames[ref.frame] as Frame;

const connectionAt = (capture: Capture, ref: LayerRef): Connection | undefined =>
  capture.connections.find(({ id }) => id === frameAt(capture, ref).connection);

/** Whether what happens at a moment travels by HTTP or in a WebSocket frame. */
const carrierOf =
  (moment: Moment, what: string): Grader =>
  (capture) => {
    const evidence = findMoment(capture, moment);
    if (!evidence) return undefined;
    const protocol = frameAt(capture, evidence).layers[0]?.protocol;
    const isHttp = protocol === 'http';
    return {
      answer: isHttp ? 'http' : 'websocket',
      sentence: `${what} in ${isHttp ? 'an HTTP message' : 'a WebSocket frame'}`,
      evidence,
    };
  };

const openedBy: Grader = (capture) => {
  const first = capture.frames[0];
  if (!first) return undefined;
  const isUpgrade = findMoment(capture, 'upgrade-request')?.frame === first.id;
  return {
    answer: isUpgrade ? 'upgrade' : 'http',
    sentence: isUpgrade
      ? 'that the first message is an HTTP request that asks for the upgrade at once'
      : 'that the first message is an ordinary HTTP request',
    evidence: { frame: first.id, layer: 0 },
  };
};

const connectionsUsed: Grader = (capture) => {
  const session = capture.connections.filter(({ sid }) => sid !== undefined);
  if (session.length === 0) return undefined;
  const last = session.at(-1) as Connection;
  const first = capture.frames.find(({ connection }) => connection === last.id);
  const count = session.length;
  return {
    answer: count === 1 ? 'one' : 'several',
    sentence: `${count} TCP connection${count === 1 ? '' : 's'} for one session`,
    ...(first ? { evidence: { frame: first.id, layer: 0 } } : {}),
  };
};

/** Requests on the busiest connection (M17). */
const requestsPerConnection: Grader = (capture) => {
  if (!hasEnded(capture)) return undefined;
  const requests = capture.frames.filter(
    ({ direction, layers }) => direction === 'up' && layers[0]?.protocol === 'http',
  );
  const on = (id: number) => requests.filter(({ connection }) => connection === id);
  const busiest = capture.connections
    .map(({ id }) => on(id))
    .reduce((most, some) => (some.length > most.length ? some : most), []);
  const last = busiest.at(-1);
  if (!last) return undefined;
  const count = busiest.length;
  return {
    answer: count === 1 ? 'one' : 'several',
    sentence:
      count === 1
        ? 'no connection that carried more than one request'
        : `${count} requests, one after another, on one connection`,
    evidence: { frame: last.id, layer: 0 },
  };
};

const lastHttp: Grader = (capture) => {
  const switching = findMoment(capture, 'switching-protocols');
  if (!switching) {
    const last = capture.frames.at(-1);
    return last && hasEnded(capture)
      ? {
          answer: 'none',
          sentence: 'no upgrade: this run stayed on HTTP to the end',
          evidence: { frame: last.id, layer: 0 },
        }
      : undefined;
  }
  const { connection } = frameAt(capture, switching);
  const http = capture.frames.filter(
    (f) => f.connection === connection && f.layers[0]?.protocol === 'http',
  );
  const last = http.at(-1) as Frame;
  const is101 = last.id === switching.frame;
  return {
    answer: is101 ? 'response' : 'request',
    sentence: is101
      ? 'that the response 101 is the last HTTP message on that connection'
      : 'HTTP after the response 101',
    evidence: { frame: last.id, layer: 0 },
  };
};

/** The client has said good-bye, in a packet of Socket.IO or by closing what carried it. */
const hasEnded = (capture: Capture): boolean =>
  findLayer(capture, (layer) => layer.protocol === 'socketio' && typeOf(layer) === 'disconnect') !==
    undefined || capture.notes.some(({ what }) => what === 'disconnected');

const whoPings: Grader = (capture) => {
  const evidence = findMoment(capture, 'heartbeat');
  if (!evidence) return undefined;
  const isServer = frameAt(capture, evidence).direction === 'down';
  return {
    answer: isServer ? 'server' : 'client',
    sentence: `that the ${isServer ? 'server' : 'client'} sends the ping`,
    evidence,
  };
};

/** Two messages of one direction whose last bytes passed the tap in the same chunk (M7). */
const sharedChunk: Grader = (capture) => {
  if (!hasEnded(capture)) return undefined;
  const shared = capture.frames.find((frame, i) => {
    const before = capture.frames.slice(Math.max(0, i - 6), i);
    return before.some(
      ({ at, connection, direction }) =>
        at === frame.at && connection === frame.connection && direction === frame.direction,
    );
  });
  const batch = findLayer(capture, (layer, frame) => {
    const packets = frame.layers.filter(({ protocol }) => protocol === 'engineio');
    return layer.protocol === 'engineio' && packets.length > 1;
  });
  const evidence = shared ? { frame: shared.id, layer: 0 } : batch;
  if (evidence) {
    const sentence = shared
      ? 'two frames that arrived in one piece'
      : 'one HTTP message with several packets inside';
    return { answer: 'together', sentence, evidence };
  }
  return { answer: 'apart', sentence: 'every message in a piece of its own, this time' };
};

const scriptServedBy: Grader = (capture) => {
  const evidence = findMoment(capture, 'client-script');
  if (!evidence) return undefined;
  const isSame =
    connectionAt(capture, evidence)?.server.port === capture.connections[0]?.server.port;
  return {
    answer: isSame ? 'same' : 'other',
    sentence: `an HTTP request for the script to ${isSame ? 'the very same' : 'another'} server and port`,
    evidence,
  };
};

export const GRADERS: Readonly<Record<string, Grader>> = {
  'opened-by': openedBy,
  'connect-travels-by': carrierOf('connect', 'the Socket.IO CONNECT packet'),
  'last-http-on-websocket': lastHttp,
  'connections-used': connectionsUsed,
  'requests-per-connection': requestsPerConnection,
  'first-event-travels-by': carrierOf('first-event', 'the first event'),
  'who-pings': whoPings,
  'shared-chunk': sharedChunk,
  'script-served-by': scriptServedBy,
  ...CONNECTION_GRADERS,
  ...EMIT_GRADERS,
  ...HTTP_GRADERS,
  ...LANE_GRADERS,
  ...LAYER_GRADERS,
  ...LEDGER_GRADERS,
  ...NEWS_GRADERS,
  ...PACKET_GRADERS,
  ...QUEUE_GRADERS,
  ...TCP_ACK_GRADERS,
  ...TCP_GRADERS,
  ...ROOM_GRADERS,
};
