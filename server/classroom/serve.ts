// Classes on the app's Socket.IO: answers the calls, and tells every follower what was appended.

import type { Server, Socket } from 'socket.io';
import { done } from '../../src/contract/call.ts';
import { CLASS_CALLS, type ClassEntry } from '../../src/contract/class.ts';
import { answerCalls } from '../answer-calls.ts';
import { Classroom } from './classroom.ts';
import type { ClassLog } from './log/log.ts';

const everybody = (code: string): string => `class:${code}`;
const instructors = (code: string): string => `class:${code}:instructor`;

/** Keeps who is here by the connections there are, in this process. */
class Presence {
  readonly #sockets = new Map<string, Map<string, string>>();

  enter(code: string, socket: string, learner: string): void {
    const here = this.#sockets.get(code) ?? new Map<string, string>();
    this.#sockets.set(code, here.set(socket, learner));
  }

  leave(code: string, socket: string): void {
    const here = this.#sockets.get(code);
    here?.delete(socket);
    if (here?.size === 0) this.#sockets.delete(code);
  }

  learners(code: string): string[] {
    return [...new Set(this.#sockets.get(code)?.values() ?? [])];
  }
}

interface Parts {
  readonly log: ClassLog;
  onBug(error: unknown): void;
}

/** Answers every row of `CLASS_CALLS` on every socket of `io`. */
export function serveClasses(io: Server, { log, onBug }: Parts): void {
  const classroom = new Classroom(log);
  const presence = new Presence();
  const tell = (code: string, entries: readonly ClassEntry[]): void =>
    void io.to(everybody(code)).emit('class:entries', { code, entries });
  const tellPresent = (code: string): void =>
    void io
      .to(instructors(code))
      .emit('class:present', { code, learners: presence.learners(code) });

  io.on('connection', (socket: Socket) => {
    const followed = new Set<string>();
    const { address } = socket.handshake;
    socket.on('disconnect', () => {
      for (const code of followed) {
        presence.leave(code, socket.id);
        tellPresent(code);
      }
    });
    answerCalls(
      socket,
      CLASS_CALLS,
      {
        'class:create': () => classroom.create(),
        'class:join': ({ code, name }) => {
          const joined = classroom.join(code, name, address);
          if (!joined.ok) return joined;
          const { entry, ...identity } = joined.value;
          tell(code, [entry]);
          return done(identity);
        },
        'class:push': ({ code, key, scene }) => {
          const pushed = classroom.push(code, key, scene, address);
          if (!pushed.ok) return pushed;
          tell(code, [pushed.value]);
          return done({ seq: pushed.value.seq });
        },
        'class:follow': async ({ code, after, as }) => {
          const following = classroom.follow(code, after, as ?? {}, address);
          if (!following.ok) return following;
          const { entries, learner, isInstructor } = following.value;
          followed.add(code);
          await socket.join(everybody(code));
          if (isInstructor) await socket.join(instructors(code));
          if (learner !== undefined) presence.enter(code, socket.id, learner);
          socket.emit('class:entries', { code, entries });
          tellPresent(code);
          return done({ head: entries.at(-1)?.seq ?? after });
        },
      },
      onBug,
    );
  });
}
