// Lends one device of a run to whoever has an address, for a while. Knows the app's server and no room.

import type { Reply } from '../contract/call.ts';
import type { DriveServerToClient, DriveWish } from '../contract/drive.ts';
import type { OpenedLab } from '../contract/labs.ts';
import { ask, getAppSocket } from './app-socket.ts';

export interface Lent {
  readonly device: string;
  /** The right stands in the fragment, which no browser sends to a server. */
  readonly url: string;
  /** Takes it back before its time. */
  end(): void;
  /** Whoever of that class takes it first may drive it as well. */
  offer(code: string): Promise<Reply<null>>;
  /** Calls when somebody of the class has taken it. Returns the stop. */
  onTaken(listener: () => void): () => void;
}

interface Parts {
  readonly opened: OpenedLab;
  readonly device: string;
  readonly ms: number;
  touch(wish: DriveWish): Promise<string>;
  /** Called when it is lent, and with nothing when it is not any more. */
  onLent(lent: Lent | undefined): void;
}

/** Resolves when the time is over or it was taken back; fails with a sentence for the learner. */
export async function lendDevice({ opened, device, ms, touch, onLent }: Parts): Promise<void> {
  const { lab, token } = opened;
  const reply = await ask<{ driving: string }>('drive:grant', { lab, token, device });
  if (!reply.ok) throw new Error(reply.message);
  const url = `${location.origin}/drive#${reply.value.driving}`;
  const socket = getAppSocket();
  const hear: DriveServerToClient['drive:touched'] = (touched, answer) => {
    if (touched.lab !== lab) return;
    touch(touched.wish).then(answer, () => answer('the device did not answer'));
  };
  socket.on('drive:touched', hear);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    onLent({
      device,
      url,
      end,
      offer: (code) => ask('drive:offer', { lab, token, code }),
      onTaken(listener) {
        const hearTaken: DriveServerToClient['drive:taken'] = (taken) => {
          if (taken.lab === lab) listener();
        };
        socket.on('drive:taken', hearTaken);
        return () => void socket.off('drive:taken', hearTaken);
      },
    });
  });
  socket.off('drive:touched', hear);
  onLent(undefined);
  await ask('drive:end', { lab, token });
}
