// The calls of a class as a right client makes them, for tests.

import type { Socket } from 'socket.io-client';
import { CLASS_VERSION, type Joined } from '../../../src/contract/class.ts';
import type { Scene } from '../../../src/contract/scene.ts';
import { ask } from './class-server.ts';

const version = CLASS_VERSION;
export const step = (n: number): Scene => ({ kind: 'step', lesson: 'a-lesson', step: n });

/** A right request: the value, or an error with the refusal. */
export async function get<T>(socket: Socket, event: string, request: object): Promise<T> {
  const reply = await ask<T>(socket, event, { version, ...request });
  if (!reply.ok) throw new Error(`${event}: ${reply.code}`);
  return reply.value;
}

export const create = (socket: Socket) =>
  get<{ code: string; key: string }>(socket, 'class:create', {});
export const joinAs = (socket: Socket, code: string, name: string) =>
  get<Joined>(socket, 'class:join', { code, name });
export const push = (socket: Socket, code: string, key: string, n: number, id?: string) =>
  get<{ seq: number }>(socket, 'class:push', { code, key, scene: step(n), ...(id ? { id } : {}) });
