// Who may drive a device of which lab: tokens, each for one device of one lab, kept only as hashes. What
// is touched goes to the learner's own page, and nowhere else.

import { createHash, randomBytes } from 'node:crypto';
import type { Server, Socket } from 'socket.io';
import { done, type Reply, refused } from '../../src/contract/call.ts';
import { CLASS_REFUSALS } from '../../src/contract/class.ts';
import {
  DRIVE_CALLS,
  type DriveClientToServer,
  type DriveServerToClient,
  type DriveWish,
} from '../../src/contract/drive.ts';
import { answerCalls } from '../answer-calls.ts';
import type { Labs } from './labs.ts';
import { Offers } from './offers.ts';

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

  readonly #onEnd: (right: Right) => void;

  constructor(labs: Labs, onEnd: (right: Right) => void) {
    this.#labs = labs;
    this.#onEnd = onEnd;
  }

  grant(lab: string, device: string, owner: PageSocket): string {
    this.end(lab);
    return this.share({ lab, device, owner, isBusy: false, lastAt: 0 });
  }

  find(driving: string): Right | undefined {
    const right = this.#rights.get(hash(driving));
    // A lab that was taken down takes the right with it.
    if (right && !this.#labs.find(right.lab)) this.end(right.lab);
    return right && this.#rights.get(hash(driving));
  }

  /** One more token for the same right. */
  share(right: Right): string {
    const driving = randomBytes(32).toString('hex');
    this.#rights.set(hash(driving), right);
    return driving;
  }

  of(lab: string): Right | undefined {
    return [...this.#rights.values()].find((right) => right.lab === lab);
  }

  end(lab: string): void {
    this.#drop((right) => right.lab === lab);
  }

  leave(owner: PageSocket): void {
    this.#drop((right) => right.owner === owner);
  }

  #drop(isMeant: (right: Right) => boolean): void {
    const gone = new Set([...this.#rights.values()].filter(isMeant));
    for (const [key, right] of this.#rights) if (gone.has(right)) this.#rights.delete(key);
    for (const right of gone) this.#onEnd(right);
  }
}

interface Parts {
  readonly labs: Labs;
  /** The connections of those who follow the class as one of it. */
  members(code: string): ReadonlySet<string>;
  onBug(error: unknown): void;
}

/** Answers every row of `DRIVE_CALLS` on every socket of `io`. */
export function serveDriving(io: Server, { labs, members, onBug }: Parts): void {
  const offers = new Offers<Right>();
  const rights = new Rights(labs, (right) => {
    const code = offers.end(right);
    if (code !== undefined) tell(code);
  });
  const offersFor = (code: string, socket: PageSocket) =>
    offers.of(code, ({ owner }) => owner === socket);
  const tell = (code: string): void => {
    for (const id of members(code)) {
      const socket = io.sockets.sockets.get(id) as unknown as PageSocket | undefined;
      socket?.emit('drive:offered', { code, offers: offersFor(code, socket) });
    }
  };
  io.on('connection', (plain: Socket) => {
    const socket = plain as unknown as PageSocket;
    const isOf = (code: string): boolean => members(code).has(socket.id);
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
        'drive:offer': ({ lab, token, code }): Reply<null> => {
          const owned = labs.owned(lab, token);
          if (!owned.ok) return owned;
          const right = rights.of(lab);
          if (!right) return gone();
          if (!isOf(code)) return notOfClass();
          if (!offers.add(code, right)) {
            return refused('drive/too-many', 'Your class has more offers than it can look at.');
          }
          tell(code);
          return done(null);
        },
        'drive:offers': ({ code }) =>
          isOf(code) ? done({ offers: offersFor(code, socket) }) : notOfClass(),
        'drive:take': ({ code, offer }): Reply<{ driving: string }> => {
          if (!isOf(code)) return notOfClass();
          const right = offers.take(code, offer);
          if (!right) return refused('drive/taken', 'Somebody else was quicker, or it has ended.');
          tell(code);
          right.owner.emit('drive:taken', { lab: right.lab });
          return done({ driving: rights.share(right) });
        },
      },
      onBug,
    );
  });
}

const notOfClass = (): Reply<never> =>
  refused('class/not-known', CLASS_REFUSALS['class/not-known']);

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
