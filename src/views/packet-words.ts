// What a packet says in a few words. Draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import {
  fragmentOffset,
  payloadRange,
  payloadText,
  type SegmentNumbers,
  segmentNumbers,
  transportOf,
} from '../capture/packet-reading.ts';

const MOST = 22;

/** `SYN`, `data 1 to 1460`, `ACK 1461`, `“temperature 21.5”`, `bytes 0 to 1479`. */
export function packetWord(capture: Capture, frame: Frame): string {
  const numbers = segmentNumbers(capture, frame);
  if (numbers) return segmentWord(numbers);
  if (transportOf(frame)) {
    const text = payloadText(frame);
    return `“${text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text}”`;
  }
  const offset = fragmentOffset(frame);
  const [start, end] = payloadRange(frame);
  return `bytes ${offset} to ${offset + end - start - 1}`;
}

function segmentWord({ seq, length, ack, flags }: SegmentNumbers): string {
  const names = [...flags, ...(flags.includes('SYN') && ack !== undefined ? ['ACK'] : [])].join(
    ', ',
  );
  if (length > 0) {
    const data = `data ${seq} to ${seq + length - 1}`;
    return names === '' ? data : `${data}, ${names}`;
  }
  return names === '' ? `ACK ${ack}` : names;
}

const CAUSES: Readonly<Record<string, string>> = {
  loss: 'lost on the link',
  'burst-loss': 'lost on the link, in a burst',
  'drop-exactly': 'lost on the link',
  'queue full': 'lost: the queue was full',
  'too big': 'lost: larger than the link’s MTU',
};

/** Why a packet did not arrive. */
export const causeOf = (lostTo: string | undefined): string =>
  CAUSES[lostTo ?? 'loss'] ?? `lost: ${lostTo}`;

/** The text of a packet's row: whose it is, what it says, why it was sent, and that it was lost. */
export function packetSummary(capture: Capture, frame: Frame): string {
  const { transit } = frame;
  const { lane } = capture.connections.find(({ id }) => id === frame.connection) ?? {};
  const whose = capture.sources ? `${lane}: ` : '';
  const lost = transit?.arrivedAt === undefined ? `; ${causeOf(transit?.lostTo)}` : '';
  return `${whose}${packetWord(capture, frame)} (${transit?.why})${lost}`;
}
