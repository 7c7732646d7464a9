// Questions about connections, their ports and who is at their ends. Each takes the learner's own
// capture; none knows the right answer.

import type { Capture, Connection, LayerRef } from '../capture/capture.ts';
import { clientOf } from '../capture/clients.ts';
import { fieldOf, fieldValue } from '../wire/layer.ts';
import { findLayer, typeOf } from './find-layer.ts';
import type { Grader } from './grade.ts';

/** Every client that said it had connected has said that it hung up. */
function isOver({ notes }: Capture): boolean {
  const count = (kind: string): number => notes.filter(({ what }) => what === kind).length;
  return count('connected') > 0 && count('connected') === count('disconnected');
}

const firstFrame = ({ frames }: Capture, { id }: Connection): LayerRef | undefined => {
  const frame = frames.find(({ connection }) => connection === id);
  return frame && { frame: frame.id, layer: 0 };
};

const withEvidence = (evidence: LayerRef | undefined) => (evidence ? { evidence } : {});

/** Which end sends the first byte of a connection. */
const firstSpeaker: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const firsts = capture.connections.flatMap((connection) => {
    const ref = firstFrame(capture, connection);
    return ref ? [ref] : [];
  });
  const isDown = ({ frame }: LayerRef) => capture.frames[frame]?.direction === 'down';
  const [any] = firsts;
  if (!any) return undefined;
  const byServer = firsts.find(isDown);
  return {
    answer: byServer ? 'server' : 'client',
    sentence: byServer
      ? 'a connection on which the server spoke first'
      : 'that the client’s bytes come first on every connection',
    evidence: byServer ?? any,
  };
};

/** Ports of the server that the connections used. */
const serverPortsUsed: Grader = (capture) => {
  const last = capture.connections.at(-1);
  if (!last || !isOver(capture)) return undefined;
  const ports = new Set(capture.connections.map(({ server }) => server.port));
  const count = capture.connections.length;
  return {
    answer: ports.size === 1 ? 'one' : 'each',
    sentence:
      ports.size === 1
        ? `${count} connections, all to the server’s port ${last.server.port}`
        : `${count} connections to ${ports.size} ports of the server`,
    ...withEvidence(firstFrame(capture, last)),
  };
};

/** The values by which the connections of the run differ. */
const toldApartBy: Grader = (capture) => {
  const { connections } = capture;
  const last = connections.at(-1);
  if (!last || connections.length < 2 || !isOver(capture)) return undefined;
  const differs = (value: (connection: Connection) => string | number): boolean =>
    new Set(connections.map(value)).size > 1;
  const parts = [
    differs(({ client }) => client.address) ? 'client-address' : '',
    differs(({ client }) => client.port) ? 'client-port' : '',
    differs(({ server }) => server.port) ? 'server-port' : '',
  ].filter((part) => part !== '');
  return {
    answer: parts.join('-and-') || 'nothing',
    sentence:
      parts.length === 0
        ? 'no difference between them'
        : `connections that differ in ${parts.map((part) => `the ${part.replace('-', '’s ')}`).join(' and ')}`,
    ...withEvidence(firstFrame(capture, last)),
  };
};

/** The number in the last answer: whether one program has heard all greetings. */
const programCounts: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const numbers = capture.frames.flatMap(({ id, direction, layers }) =>
    layers.flatMap((layer, index) => {
      const said = direction === 'down' && typeOf(layer) === 'ack';
      const number = said && /number (\d+)/.exec(String(fieldValue(layer, 'socketio.argument')));
      return number ? [{ ref: { frame: id, layer: index }, number: Number(number[1]) }] : [];
    }),
  );
  const last = numbers.at(-1);
  if (!last) return undefined;
  return {
    answer: last.number === 1 ? 'first' : 'counted',
    sentence: `the answer “greeting number ${last.number}” to the last client`,
    evidence: last.ref,
  };
};

/** What the other connections do after the first has closed. */
const othersAfterClose: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const [gone] = capture.connections
    .filter(({ closed }) => closed)
    .sort((a, b) => (a.closed?.at ?? 0) - (b.closed?.at ?? 0));
  if (!gone?.closed) return undefined;
  const { at } = gone.closed;
  const others = new Set(
    capture.connections
      .filter(({ id, openedAt, closed }) => id !== gone.id && openedAt < at && closed?.at !== at)
      .map(({ id }) => id),
  );
  const later = findLayer(
    capture,
    (layer, frame) =>
      frame.at > at &&
      others.has(frame.connection) &&
      fieldOf(layer, 'socketio.event') !== undefined,
  );
  return {
    answer: later ? 'go-on' : 'end',
    sentence: later
      ? 'an event on another connection, after the first one was closed'
      : 'nothing on the other connections after the first one was closed',
    ...withEvidence(later ?? firstFrame(capture, gone)),
  };
};

/** A client that hung up and came back: the port at its own end. */
const portAfterReturn: Grader = (capture) => {
  if (!isOver(capture)) return undefined;
  const last = capture.connections.at(-1);
  const who = last && clientOf(capture, last);
  if (!last || who === undefined) return undefined;
  const before = capture.connections.find(
    (connection) => connection.id !== last.id && clientOf(capture, connection) === who,
  );
  if (!before) return undefined;
  const isSame = before.client.port === last.client.port;
  return {
    answer: isSame ? 'same' : 'other',
    sentence: `${who} at port ${before.client.port} first, and at ${isSame ? 'the same port' : `port ${last.client.port}`} afterwards`,
    ...withEvidence(firstFrame(capture, last)),
  };
};

export const CONNECTION_GRADERS: Readonly<Record<string, Grader>> = {
  'first-speaker': firstSpeaker,
  'server-ports-used': serverPortsUsed,
  'told-apart-by': toldApartBy,
  'program-counts': programCounts,
  'others-after-close': othersAfterClose,
  'port-after-return': portAfterReturn,
};
