// Which packets belong to which messages, both ways. Draws nothing.

import type { Frame } from './capture.ts';
import type { PacketAnalysis } from './packet-analysis.ts';

/** A message of which a packet carried all or a part. */
export interface CarriedMessage {
  readonly message: Frame;
  /** All packets that carried it, in the order of its bytes. */
  readonly packets: readonly number[];
}

/** More are not listed. */
const MOST = 20;

/** The messages of which the packet carried something, whichever packet completed them. */
export function messagesIn(analysis: PacketAnalysis, packet: number): readonly CarriedMessage[] {
  const place = analysis.placeOf(packet);
  if (!place) return [];
  const { id } = place.connection;
  const direction = place.connection.directionOf(place.side);
  const own = analysis.messages.frames;
  const carried: CarriedMessage[] = [];
  for (let i = firstAfter(own, analysis.timeOf(packet)); i < own.length; i++) {
    const message = own[i];
    if (carried.length === MOST || !message) break;
    if (message.connection !== id || message.direction !== direction) continue;
    const packets = analysis.packetsOf(message);
    if (packets.includes(packet)) carried.push({ message, packets });
    else if ((packets[0] ?? 0) > packet) break;
  }
  return carried;
}

/** Messages are in the order in which they were complete: none before the packet came can hold it. */
function firstAfter(frames: readonly Frame[], at: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.at ?? 0) >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
