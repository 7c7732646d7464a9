// Who answered an event: TCP for the kernel, or the program. Read from packets; knows no right answer.

import type { Capture, Frame } from '../capture/capture.ts';
import { fieldOf, fieldValue, type Layer } from '../wire/layer.ts';
import type { Grader } from './grade.ts';

const segmentOf = ({ layers }: Frame): Layer | undefined =>
  layers.find(({ protocol }) => protocol === 'tcp');

const numberIn = (frame: Frame, key: string): number => {
  const layer = segmentOf(frame);
  return Number((layer && fieldValue(layer, key)) ?? Number.NaN);
};

/** The Socket.IO packet of that type in a frame, and its acknowledgement id. */
const packetIn = (frame: Frame, type: string): string | undefined => {
  for (const layer of frame.layers) {
    if (layer.protocol !== 'socketio') continue;
    if (fieldOf(layer, 'socketio.type')?.meaning !== type) continue;
    const id = fieldValue(layer, 'socketio.ack_id');
    if (id !== undefined) return String(id);
  }
  return undefined;
};

/** For the first event that the program never answered, or else the last that it did. */
const answeredBy: Grader = ({ frames }: Capture) => {
  const all = Array.from({ length: frames.length }, (_, i) => frames[i] as Frame);
  const asked = all.filter((one) => one.direction === 'down' && packetIn(one, 'event'));
  const answers = new Set(
    all.flatMap((one) => (one.direction === 'up' ? (packetIn(one, 'ack') ?? []) : [])),
  );
  const event = asked.find((one) => !answers.has(packetIn(one, 'event') ?? '')) ?? asked.at(-1);
  if (!event) return undefined;
  const id = packetIn(event, 'event') ?? '';
  const end = numberIn(event, 'tcp.seq') + numberIn(event, 'tcp.len');
  const kernel = all.find(
    (one) => one.id > event.id && one.direction === 'up' && numberIn(one, 'tcp.ack') >= end,
  );
  const evidence = { frame: kernel?.id ?? event.id, layer: 0 };
  if (answers.has(id)) {
    return { answer: 'program', sentence: `the program’s acknowledgement with id ${id}`, evidence };
  }
  const none = `no acknowledgement by the program for the event in packet ${event.id + 1}`;
  if (!kernel) return { answer: 'nothing', sentence: `${none}, and none by TCP`, evidence };
  const after = ((kernel.at - event.at) / 1_000).toFixed(1);
  return {
    answer: 'kernel',
    sentence: `${none}, but TCP’s acknowledgement of all its bytes ${after} ms later, in packet ${kernel.id + 1}`,
    evidence: {
      frame: kernel.id,
      layer: kernel.layers.indexOf(segmentOf(kernel) as Layer),
    },
  };
};

export const TCP_ACK_GRADERS: Readonly<Record<string, Grader>> = {
  'answered-by': answeredBy,
};
