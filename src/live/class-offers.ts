// Devices that are offered to the class of this page now. Of the moment: nothing is kept. Draws nothing.

import type { Reply } from '../contract/call.ts';
import type { DeviceOffer, DriveServerToClient } from '../contract/drive.ts';
import { ask, getAppSocket } from './app-socket.ts';

/** Tells what is offered, now and whenever it changes. Returns the stop. */
export function watchOffers(
  code: string,
  tell: (offers: readonly DeviceOffer[]) => void,
): () => void {
  const socket = getAppSocket();
  let isOver = false;
  const hear: DriveServerToClient['drive:offered'] = (part) => {
    if (part.code === code) tell(part.offers);
  };
  socket.on('drive:offered', hear);
  void ask<{ offers: readonly DeviceOffer[] }>('drive:offers', { code }).then((reply) => {
    if (!isOver && reply.ok) tell(reply.value.offers);
  });
  return () => {
    isOver = true;
    socket.off('drive:offered', hear);
  };
}

/** The right to the device, for the first who takes it. */
export const takeOffer = (code: string, offer: string): Promise<Reply<{ driving: string }>> =>
  ask('drive:take', { code, offer });
