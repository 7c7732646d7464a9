// Three clients of one lane: the learner's, and two neighbours that are real connections too. The
// learner's presses the button; all of them listen.

import { emitClient } from '../../programs/emit-client.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';

export const CLIENTS = ['you', 'Ada', 'Grace'] as const;

export interface EmitParams {
  readonly event: string;
  readonly payload: string;
  readonly text: string;
  readonly target: string;
  readonly grace: string;
  readonly click: string;
  readonly kind: string;
}

export const lab = (): LabOptions => ({
  lanes: { main: { exercise: 'emit', transports: ['websocket'] } },
});

const PICTURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

/** What the learner's client emits: her words, an object around them, or four bytes. */
function payloadOf({ payload, text }: EmitParams): unknown {
  if (payload === 'object') return { text, from: 'you' };
  return payload === 'binary' ? PICTURE : text;
}

const inWords = (what: unknown): string =>
  what instanceof ArrayBuffer || ArrayBuffer.isView(what)
    ? `${what.byteLength} bytes`
    : typeof what === 'string'
      ? what
      : JSON.stringify(what);

/** Runs the program in one client; returns what presses its button. */
function start(client: LabClient, params: EmitParams): () => void {
  let press = (): void => undefined;
  const { event, target, kind } = params;
  const text = payloadOf(params);
  let isAnswered = true;
  client.socket.on('said', () => {
    isAnswered = false;
  });
  emitClient({
    socket: client.socket,
    button: {
      addEventListener(_, callback) {
        press = callback;
      },
    },
    event,
    text,
    target,
    isVolatile: kind === 'volatile',
    show(what) {
      client.note(isAnswered ? 'acknowledged' : 'handled', event, inWords(what).slice(0, 100));
      isAnswered = true;
    },
  });
  return () => {
    client.note('emitted', event);
    press();
  };
}

export async function run({ open, wait }: LabRun, params: EmitParams): Promise<void> {
  const [you, ada, grace] = CLIENTS.map((name) => open({ lane: 'main', name }));
  if (!you || !ada || !grace) return;
  const press = start(you, params);
  for (const client of [ada, grace]) start(client, params);
  await ada.connect();
  if (params.grace === 'here') await grace.connect();
  ada.emit('sit');
  if (params.click === 'before') press();
  await you.connect();
  you.of('/news');
  await wait(250);
  if (params.click === 'after') press();
  await wait(400);
  if (params.grace === 'late') await grace.connect();
  await wait(300);
}
