// Classes on the app's Socket.IO: answers the calls, and tells every follower what was appended.

import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Server, Socket } from 'socket.io';
import { done, type Reply } from '../../src/contract/call.ts';
import {
  CLASS_CALLS,
  type ClassClientToServer,
  type ClassEntry,
  type ClassServerToClient,
} from '../../src/contract/class.ts';
import { answerCalls } from '../answer-calls.ts';
import { type Classroom, type Reader, readBy, refusedAs } from './classroom.ts';
import { type Connected, endsOf, toldTo } from './connections.ts';
import { Feed, PART } from './feed.ts';
import { Patience } from './patience.ts';
import { Presence } from './presence.ts';

type ClassServer = Server<ClassClientToServer, ClassServerToClient>;
type ClassSocket = Socket<ClassClientToServer, ClassServerToClient>;

/** One page joins and follows a class or two; these bound a hostile one. */
const MAX_JOINED = 8;
const MAX_FOLLOWED = 16;
const ACK_PATIENCE_MS = 10_000;

const STRANGER: Reader = { isInstructor: false, learner: undefined };

/** Who gets names, and who does not. */
const instructors = (code: string): string => `class:${code}:instructor`;
const others = (code: string): string => `class:${code}`;

interface Parts {
  readonly classroom: Classroom;
  onBug(error: unknown): void;
  readonly now?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * Answers every row of `CLASS_CALLS` on every socket of `io`. Gives back who follows a class now as one of
 * it: the ids of those connections.
 */
export function serveClasses(
  io: Server,
  { classroom, onBug, now = Date.now, pause = pauseFor }: Parts,
): { members(code: string): ReadonlySet<string> } {
  const patience = new Patience({ now, pause });
  const hall = new Hall(io as unknown as ClassServer, classroom, onBug);
  io.on('connection', (plain: Socket) => {
    const socket = plain as unknown as ClassSocket;
    const { address } = plain.handshake;
    const inTurn = patience.forSocket(plain.id, address);
    const seat = hall.seat(socket);
    let joins = 0;
    socket.on('disconnect', () => seat.leave());
    answerCalls(
      plain,
      CLASS_CALLS,
      {
        'class:create': () => classroom.create(address),
        'class:join': async ({ code, name }) => {
          if (joins >= MAX_JOINED) return refusedAs('class/too-many-joins');
          const joined = await inTurn(() => classroom.join(code, name));
          if (!joined.ok) return joined;
          joins++;
          const { entry, ...identity } = joined.value;
          hall.tell(code, entry);
          return done(identity);
        },
        'class:push': async ({ code, key, scene, id }) => {
          const pushed = await inTurn(() => classroom.push(code, key, scene, id));
          if (!pushed.ok) return pushed;
          if (pushed.value.entry) hall.tell(code, pushed.value.entry);
          return done({ seq: pushed.value.seq });
        },
        'class:follow': async ({ code, after, as }) => {
          const following = await inTurn(() => classroom.follow(code, as ?? {}));
          if (!following.ok) return following;
          const { head, reader } = following.value;
          return seat.follow(code, after, reader) ?? done({ head });
        },
        'class:connections': ({ code }) => seat.connections(code),
      },
      onBug,
    );
  });
  return { members: (code) => hall.members(code) };
}

/** Everybody who follows a class now. */
class Hall {
  readonly #io: ClassServer;
  readonly #classroom: Classroom;
  readonly #onBug: (error: unknown) => void;
  readonly #presence = new Presence();
  readonly #teaching = new Presence();

  constructor(io: ClassServer, classroom: Classroom, onBug: (error: unknown) => void) {
    this.#io = io;
    this.#classroom = classroom;
    this.#onBug = onBug;
  }

  tell(code: string, entry: ClassEntry): void {
    this.#io.to(instructors(code)).emit('class:entries', { code, entries: [entry] });
    const entries = [readBy(STRANGER, entry)];
    this.#io.to(others(code)).emit('class:entries', { code, entries });
  }

  /** What one connection follows. */
  seat(socket: ClassSocket) {
    const feeds = new Map<string, Feed>();
    const readers = new Map<string, Reader>();
    return {
      connections: (code: string) => {
        const reader = readers.get(code);
        const isOfClass = reader?.isInstructor || reader?.learner !== undefined;
        if (!reader || !isOfClass) return refusedAs('class/not-known');
        return done(toldTo(reader, socket.id, this.#connected(code)));
      },
      /** Nothing where it follows from now on; otherwise why not. */
      follow: (code: string, after: number, reader: Reader): Reply<never> | undefined => {
        const isNew = !feeds.has(code);
        if (isNew && feeds.size >= MAX_FOLLOWED) return refusedAs('class/too-many-followed');
        const feed = feeds.get(code) ?? this.#feed(socket, code);
        feeds.set(code, feed);
        readers.set(code, reader);
        // Joins again when it has caught up, as whoever it is by then.
        void socket.leave(instructors(code));
        void socket.leave(others(code));
        this.#presence.leave(code, socket.id);
        this.#teaching.leave(code, socket.id);
        if (reader.isInstructor) this.#teaching.enter(code, socket.id, 'instructor');
        if (reader.learner !== undefined) {
          this.#presence.enter(code, socket.id, reader.learner);
        }
        this.#tellPresent(code);
        void feed.start(after, reader);
        return undefined;
      },
      leave: (): void => {
        for (const [code, feed] of feeds) {
          feed.stop();
          this.#presence.leave(code, socket.id);
          this.#teaching.leave(code, socket.id);
          this.#tellPresent(code);
        }
      },
    };
  }

  /** The connections of learners and instructor. */
  members(code: string): ReadonlySet<string> {
    return new Set([
      ...this.#teaching.sockets(code).keys(),
      ...this.#presence.sockets(code).keys(),
    ]);
  }

  #connected(code: string): Connected[] {
    const learners = this.#presence.sockets(code);
    return [...this.members(code)].flatMap((socket) => {
      const ends = this.#io.sockets.sockets.get(socket);
      const seen = ends && endsOf(ends as unknown as Socket);
      return seen ? [{ socket, learner: learners.get(socket), ...seen }] : [];
    });
  }

  #feed(socket: ClassSocket, code: string): Feed {
    return new Feed({
      read: (seq, reader) => this.#classroom.entries(code, seq, PART.entries, reader),
      send: (entries) => sendPart(socket, code, entries),
      caughtUp: ({ isInstructor }) => {
        // In one process joining takes effect at once; a shared adapter would have to read once more.
        void socket.join(isInstructor ? instructors(code) : others(code));
        if (isInstructor) {
          socket.emit('class:present', { code, learners: this.#presence.learners(code) });
        }
      },
      onBug: this.#onBug,
    });
  }

  #tellPresent(code: string): void {
    const learners = this.#presence.learners(code);
    this.#io.to(instructors(code)).emit('class:present', { code, learners });
  }
}

/** True once the page acknowledged it. The types know no acknowledgement that only some parts have. */
function sendPart(
  socket: ClassSocket,
  code: string,
  entries: readonly ClassEntry[],
): Promise<boolean> {
  const plain = socket.timeout(ACK_PATIENCE_MS) as unknown as Socket;
  return plain.emitWithAck('class:entries', { code, entries }).then(
    () => true,
    () => false,
  );
}
