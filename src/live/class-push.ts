// One push of the instructor, however often it has to be sent. Knows no page.

import type { Reply } from '../contract/call.ts';
import { CLASS_VERSION } from '../contract/class.ts';
import type { Scene } from '../contract/scene.ts';
import { appConnection, type ClassConnection } from './class-connection.ts';

const TRIES = 2;

/** The last push that nobody answered. Pushed again, it is the same push. */
let unanswered: { readonly what: string; readonly id: string } | undefined;

/**
 * Pushes a scene; answers with its number. When the server does not answer, it may have the push all
 * the same: the refusal says so, and to push the same again is harmless.
 */
export async function pushScene(
  code: string,
  key: string,
  scene: Scene,
  connection: Pick<ClassConnection, 'ask'> = appConnection(),
): Promise<Reply<{ seq: number }>> {
  const what = JSON.stringify([code, scene]);
  const id = unanswered?.what === what ? unanswered.id : newId();
  unanswered = { what, id };
  for (let i = 0; i < TRIES; i++) {
    const request = { version: CLASS_VERSION, code, key, scene, id };
    const reply = await connection.ask<{ seq: number }>('class:push', request);
    if (reply.ok || reply.code !== 'unreachable') {
      if (unanswered?.id === id) unanswered = undefined;
      return reply;
    }
  }
  const message =
    'The server did not answer, so it is not known whether this was pushed. Push it again: it will not come twice.';
  return { ok: false, code: 'unreachable', message };
}

/** 128 random bits. `randomUUID` is missing where the page did not come over HTTPS. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
