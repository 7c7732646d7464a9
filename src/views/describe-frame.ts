// Says in words what a frame is: the picture for those who cannot see it. Pure; draws nothing.

import { type Capture, type Frame, innermost } from '../capture/capture.ts';
import { fieldValue, type Layer } from '../wire/layer.ts';
import { clientName } from './endpoints.ts';
import { chainOf, isMasked } from './frame-word.ts';

const NAMES: Readonly<Record<Layer['protocol'], string>> = {
  http: 'HTTP',
  websocket: 'WebSocket',
  engineio: 'Engine.IO',
  socketio: 'Socket.IO',
  tcp: 'TCP',
  ip: 'IP',
  udp: 'UDP',
  icmp: 'ICMP',
  dns: 'DNS',
  arp: 'ARP',
  ethernet: 'Ethernet',
  'linux-cooked': 'Linux cooked',
  loopback: 'loopback',
  data: 'data',
};

export const nameOf = (protocol: Layer['protocol']): string => NAMES[protocol];

/** The text of a frame's row: `200 OK: open, session …`, `event "hello" id 0`. */
export function summaryOf(frame: Frame): string {
  const outer = frame.layers[0];
  const inner = innermost(frame);
  if (!outer || outer === inner) return inner.summary;
  if (outer.protocol === 'http') return `${outer.summary}: ${contentOf(frame)}`;
  return contentOf(frame);
}

/** Every innermost packet that the frame carries: a polling body may hold several. */
function contentOf(frame: Frame): string {
  const carriers = new Set(frame.layers.map(({ parent }) => parent));
  const inner = frame.layers.filter((_, i) => i > 0 && !carriers.has(i));
  return inner.map(({ summary }) => summary).join(', ');
}

/**
 * One sentence: who sends what to whom, carried in what. `Your browser sends the server an Engine.IO
 * ping "probe", carried in a masked WebSocket frame of 12 bytes, 14.2 ms …` has no time in it: the
 * caller knows whether that matters.
 */
export function describeFrame(capture: Capture, frame: Frame): string {
  const chain = chainOf(frame);
  const at = chain.findIndex((layer) => layer.protocol === innermost(frame).protocol);
  const [Client, client] =
    clientName(capture) === 'Your browser'
      ? ['Your browser', 'your browser']
      : ['A client on the server', 'the client'];
  const [who, whom] = frame.direction === 'up' ? [Client, 'the server'] : ['The server', client];
  const size = frame.sources[0]?.bytes.length ?? 0;
  const what = thing(frame, chain.slice(at));
  const around = chain.slice(0, at).reverse();
  const carried = around.map((layer) => carrier(frame, layer)).join(', inside ');
  const inside = carried === '' ? '' : `, carried inside ${carried}`;
  const others = capture.connections.length > 1 ? ` on connection ${frame.connection}` : '';
  const end = frame.lost ? ' It did not get there: it was lost in the link.' : '';
  return `${who} sends ${whom} ${article(what)} ${what}${inside}: ${size} ${size === 1 ? 'byte' : 'bytes'}${others}.${end}`;
}

/** What a protocol unpacked of its own, such as a body, is told with its envelope. */
function thing(frame: Frame, [layer, ...own]: readonly Layer[]): string {
  if (!layer) return 'nothing';
  const content = own.map(({ summary }) => ` (${summary})`).join('');
  if (layer.protocol === 'websocket') {
    return `${isMasked(frame) ? 'masked ' : ''}WebSocket frame (${layer.summary})`;
  }
  const name = nameOf(layer.protocol);
  if (layer.protocol !== 'http') return `${name} ${layer.summary}${content}`;
  const isRequest = fieldValue(layer, 'http.request.method') !== undefined;
  const kind = frame.direction === 'down' ? 'response' : isRequest ? 'request' : 'message';
  return `${name} ${kind} ${layer.summary}${content}`;
}

function carrier(frame: Frame, layer: Layer): string {
  if (layer.protocol === 'websocket') {
    return isMasked(frame) ? 'a masked WebSocket frame' : 'a WebSocket frame';
  }
  if (layer.protocol !== 'http')
    return `${article(nameOf(layer.protocol))} ${nameOf(layer.protocol)} ${layer.summary}`;
  const isRequest = fieldValue(layer, 'http.request.method') !== undefined;
  return isRequest
    ? `the body of an HTTP ${wordOfHttp(layer)} request`
    : `the body of an HTTP ${wordOfHttp(layer)} response`;
}

const wordOfHttp = (layer: Layer): string =>
  String(fieldValue(layer, 'http.request.method') ?? fieldValue(layer, 'http.response.code') ?? '');

const article = (words: string): string => (/^(Engine|HTTP|IP|E|a|e|i|o)/.test(words) ? 'an' : 'a');
