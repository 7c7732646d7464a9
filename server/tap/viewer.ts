// Sends a tap's records to one viewer, part by part, each after the last was acknowledged, and what comes
// close together in one part. A slow viewer loses the oldest records and never slows the lab.

import type { TapRecords } from '../../src/contract/labs.ts';
import { packRecords } from '../../src/contract/tap-part.ts';
import type { Place, Ring } from './ring.ts';

const PART_BYTES = 256 * 1_024;

/** From one part to the next. A part costs the server as much as many records, and the page one drawing. */
export const GAP_MS = 40;

/** `send` resolves when the viewer has taken the part, rejects when it is gone. Returns the stop. */
export function watch(
  lab: string,
  ring: Ring,
  after: Place,
  send: (part: TapRecords) => Promise<void>,
): () => void {
  let place = after;
  let isSending = false;
  let isStopped = false;

  async function sendOn(): Promise<void> {
    if (isSending) return;
    isSending = true;
    while (!isStopped && place.seq < ring.lastSeq) {
      const { records, dropped, end } = ring.after(place, PART_BYTES);
      place = end;
      const gap = new Promise((resolve) => setTimeout(resolve, GAP_MS).unref());
      await send({ lab, ...packRecords(records), dropped }).catch(stop);
      // The first part after a silence goes at once; only the one behind it waits.
      await gap;
    }
    isSending = false;
  }

  const unsubscribe = ring.onPush(() => void sendOn());
  function stop(): void {
    isStopped = true;
    unsubscribe();
  }
  void sendOn();
  return stop;
}
