// A packet's way in one sentence, for those who cannot see the picture. Pure; draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import { describeDuration } from './moments.ts';
import { causeOf, packetWord } from './packet-words.ts';

/** `At 12.0 ms the client sends 1500 bytes, data 1 to 1448 (data). They arrive 21.2 ms later.` */
export function describePacket(capture: Capture, frame: Frame): string {
  const { transit, connection } = frame;
  const size = frame.sources[0]?.bytes.length ?? 0;
  const { lane } = capture.connections.find(({ id }) => id === connection) ?? {};
  const lanes = new Set(capture.connections.map((one) => one.lane));
  const isBeside = capture.sources !== undefined;
  const where = lanes.size > 1 && !isBeside ? `, over ${lane}` : '';
  const whose = isBeside ? `${lane?.replace(/^t/, 'T')}: ` : '';
  if (!transit) return `A packet of ${size} bytes.`;
  const { from, why, leftAt, waited, arrivedAt, lostTo } = transit;
  const wait = waited > 0 ? ` after ${describeDuration(waited)} in the queue` : '';
  const end =
    arrivedAt === undefined
      ? `It is ${causeOf(lostTo)}.`
      : `It arrives ${describeDuration(arrivedAt - leftAt)} later.`;
  return `${whose}${isBeside ? 'at' : 'At'} ${describeDuration(leftAt)} the ${from} sends${where}${wait} a packet of ${size} bytes: ${packetWord(capture, frame)} (${why}). ${end}`;
}
