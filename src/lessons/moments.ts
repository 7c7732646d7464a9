// The moments of a run that lessons refer to by name. Each is found in the capture,
// never assumed: a run without that moment has none.

import type { Capture, Frame, LayerRef } from '../capture/capture.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import { findLayer, typeOf } from './find-layer.ts';

type Is = (layer: Layer, frame: Frame) => boolean;

const isEngineIo =
  (type: string, direction?: Frame['direction']): Is =>
  (layer, frame) =>
    layer.protocol === 'engineio' &&
    typeOf(layer) === type &&
    (direction === undefined || frame.direction === direction);

const isSocketIo =
  (type: string, direction?: Frame['direction']): Is =>
  (layer, frame) =>
    layer.protocol === 'socketio' &&
    typeOf(layer) === type &&
    (direction === undefined || frame.direction === direction);

const uri = (layer: Layer): string => String(fieldValue(layer, 'http.request.uri') ?? '');

const isProbe = (layer: Layer): boolean =>
  layer.fields.some(({ spec }) => spec.key === 'engineio.probe');

const eventOf = (layer: Layer): string => String(fieldValue(layer, 'socketio.event') ?? '');

/** An event of the learner's client in the demo about emit; `sit` is a neighbour's. */
const isEmitted: Is = (layer, frame) =>
  (isSocketIo('event', 'up')(layer, frame) || isSocketIo('binary event', 'up')(layer, frame)) &&
  eventOf(layer) !== 'sit';

const isPassedOn: Is = (layer, frame) => frame.direction === 'down' && eventOf(layer) === 'said';

export const MOMENTS = {
  'first-request': (layer, frame) => layer.protocol === 'http' && frame.direction === 'up',
  'session-id': isEngineIo('open', 'down'),
  connect: isSocketIo('connect', 'up'),
  'connect-reply': isSocketIo('connect', 'down'),
  'upgrade-request': (layer) =>
    layer.protocol === 'http' && uri(layer).includes('transport=websocket'),
  'switching-protocols': (layer) => Number(fieldValue(layer, 'http.response.code')) === 101,
  probe: (layer, frame) => isEngineIo('ping', 'up')(layer, frame) && isProbe(layer),
  'probe-reply': (layer, frame) => isEngineIo('pong', 'down')(layer, frame) && isProbe(layer),
  upgrade: isEngineIo('upgrade', 'up'),
  'first-event': isSocketIo('event', 'up'),
  'first-ack': isSocketIo('ack', 'down'),
  heartbeat: (layer, frame) => isEngineIo('ping', 'down')(layer, frame) && !isProbe(layer),
  emitted: isEmitted,
  'passed-on': isPassedOn,
  'news-connect': (layer, frame) =>
    isSocketIo('connect', 'up')(layer, frame) &&
    fieldValue(layer, 'socketio.namespace') === '/news',
  published: (layer) => eventOf(layer) === 'publish',
  delivered: (layer) => eventOf(layer) === 'deliver',
  'letter-left': (layer) => eventOf(layer) === 'leave',
  'sensor-speaks': (layer) => eventOf(layer) === 'occupied',
  wish: (layer, frame) => frame.direction === 'up' && eventOf(layer) === 'set',
  'first-packet': (layer) => layer.protocol === 'ip',
  'client-script': (layer) => layer.protocol === 'http' && uri(layer).includes('/socket.io.js'),
} as const satisfies Readonly<Record<string, Is>>;

export type Moment = keyof typeof MOMENTS;

export const isMoment = (name: string): name is Moment => Object.hasOwn(MOMENTS, name);

/** Where that moment is in the capture, if it is there. */
export const findMoment = (capture: Capture, moment: Moment): LayerRef | undefined =>
  findLayer(capture, MOMENTS[moment]);
