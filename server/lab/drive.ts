// Who may drive a device of which lab: tokens, each for one device of one lab, kept only as hashes. What
// is touched goes to the learner's own page, and nowhere else.

import { createHash, randomBytes } from 'node:crypto';
import type { Server, Socket } from 'socket.io';
import { done, type Reply, refused } from '../../src/contract/call.ts';
import {
  DRIVE_CALLS,
  type DriveClientToServer,
  type DriveServerToClient,
  type DriveWish,
} from '../../src/contract/drive.ts';
import { answerCalls } from '../answer-calls.ts';
import type { Labs } from './labs.ts';

type PageSocket = Socket<DriveClientToServer, DriveServerToClient>;

interface Right {
  readonly lab: string;
  readonly device: string;
  /** The learner's page. */
  readonly owner: PageSocket;
  isBusy: boolean;
  lastAt: number;
}

/** Between two touches; a finger needs longer. */
const REST_MS = 100;
const PATIENCE_MS = 4_000;
const MAX_ANSWER = 200;

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

const gone = (): Reply<never> =>
  refused(
    'drive/gone',
    'This address drives nothing any more: its owner ended it, or the run is over.',
  );

class Rights {
  readonly #labs: Labs;
  /** By the token's hash. */
  readonly #rights = new Map<string, Right>();

  constructor(labs: Labs) {
    this.#labs = labs;
  }

  grant(lab: string, device: string, owner: PageSocket): string {
    this.end(lab);
    const driving = randomBytes(32).toString('hex');
    this.#rights.set(hash(driving), { lab, device, owner, isBusy: false, lastAt: 0 });
    return driving;
  }

  find(driving: string): Right | undefined {
    const right = this.#rights.get(hash(driving));
    // A lab that was taken down takes the right with it.
    if (right && !this.#labs.find(right.lab)) this.end(right.lab);
    return right && this.#rights.get(hash(driving));
  }

  end(lab: string): void {
    for (const [key, right] of this.#rights) if (right.lab === lab) this.#rights.delete(key);
  }

  leave(owner: PageSocket): void {
    for (const [key, right] of this.#rights) if (right.owner === owner) this.#rights.delete(key);
  }
}

/** Answers every row of `DRIVE_CALLS` on every socket of `io`. */
export function serveDriving(
  io: Server,
  { labs, onBug }: { readonly labs: Labs; onBug(error: unknown): void },
): void {
  const rights = new Rights(labs);
  io.on('connection', (plain: Socket) => {
    const socket = plain as unknown as PageSocket;
    socket.on('disconnect', () => rights.leave(socket));
    answerCalls(
      plain,
      DRIVE_CALLS,
      {
        'drive:grant': ({ lab, token, device }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? done({ driving: rights.grant(lab, device, socket) }) : owned;
        },
        'drive:end': ({ lab, token }): Reply<null> => {
          const owned = labs.owned(lab, token);
          if (!owned.ok) return owned;
          rights.end(lab);
          return done(null);
        },
        'drive:device': ({ driving }) => {
          const right = rights.find(driving);
          return right ? done({ device: right.device }) : gone();
        },
        'drive:touch': async ({ driving, wish }) => {
          const right = rights.find(driving);
          return right ? touch(right, wish) : gone();
        },
      },
      onBug,
    );
  });
}

async function touch(right: Right, wish: DriveWish): Promise<Reply<{ answer: string }>> {
  const now = performance.now();
  if (right.isBusy || now - right.lastAt < REST_MS) {
    return refused('drive/slow-down', 'The touch before this one is still on its way.');
  }
  right.isBusy = true;
  right.lastAt = now;
  try {
    const { lab, owner } = right;
    const said: unknown = await owner
      .timeout(PATIENCE_MS)
      .emitWithAck('drive:touched', { lab, wish });
    return done({ answer: String(said).slice(0, MAX_ANSWER) });
  } catch {
    return refused(
      'drive/no-answer',
      'The page that has the room does not answer. Ask its owner whether it is still open.',
    );
  } finally {
    right.isBusy = false;
  }
}
