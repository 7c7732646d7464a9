// The page's one connection to the app's own server, opened when first needed. Knows no class, no lab.

import { io, type Socket } from 'socket.io-client';
import type { Reply } from '../contract/call.ts';

export type AppStatus = 'idle' | 'connecting' | 'connected' | 'away';

let socket: Socket | undefined;
let status: AppStatus = 'idle';
const listeners = new Set<() => void>();

/** The connection; it reconnects by itself. */
export function getAppSocket(): Socket {
  if (socket) return socket;
  setStatus('connecting');
  socket = io({ transports: ['websocket'], reconnectionDelay: 300, reconnectionDelayMax: 3_000 });
  socket.on('connect', () => setStatus('connected'));
  socket.on('disconnect', () => setStatus('away'));
  socket.on('connect_error', () => setStatus('away'));
  return socket;
}

export const appStatus = (): AppStatus => status;

export function onAppStatus(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function setStatus(next: AppStatus): void {
  status = next;
  for (const listener of listeners) listener();
}

const PATIENCE_MS = 5_000;

/**
 * Asks and always answers: a server that cannot be reached is a refusal with the code `unreachable`, as is one
 * that takes longer than `patienceMs`.
 */
export async function ask<T>(
  event: string,
  request: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Reply<T>> {
  try {
    return (await getAppSocket().timeout(patienceMs).emitWithAck(event, request)) as Reply<T>;
  } catch {
    const message =
      'The server does not answer. Check that it is running and that you are on its network.';
    return { ok: false, code: 'unreachable', message };
  }
}
