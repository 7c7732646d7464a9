// Two to four clients of one lane: the learner's, and neighbours that are real connections too. The
// learner's presses the button; all of them listen.

import type { FaultScript } from '../../faults/script.ts';
import { emitClient } from '../../programs/emit-client.ts';
import type { LabClient, LabOptions, LabRun } from '../demo.ts';

export const CLIENTS = ['you', 'Ada', 'Grace', 'Mary'] as const;

export interface EmitParams {
  readonly event: string;
  readonly payload: string;
  readonly text: string;
  readonly target: string;
  readonly clients: string;
  readonly grace: string;
  readonly click: string;
  readonly presses: string;
  readonly kind: string;
}

export const lab = ({ grace }: EmitParams): LabOptions => ({
  lanes: {
    main: {
      exercise: 'emit',
      transports: grace === 'polls' ? ['polling', 'websocket'] : ['websocket'],
    },
  },
});

const PICTURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

/** Between two presses of somebody in a hurry. */
const HURRY_MS = 30;
/** Far longer than that, so that the next request is still on its way. */
const SLOW_MS = 600;

/** What is sent to the server takes its time. */
const SLOW_LINK: FaultScript = {
  name: 'A slow link',
  seed: 1,
  entries: [
    {
      fault: 'latency',
      direction: 'up',
      params: { delay: SLOW_MS, jitter: 0 },
      when: { from: 0 },
    },
  ],
};

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
  client.note('started', '');
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

export async function run(lab: LabRun, params: EmitParams): Promise<void> {
  const { open, wait, link } = lab;
  const isSlow = params.grace === 'polls';
  const names = CLIENTS.slice(0, Number(params.clients));
  const all = names.map((name) => {
    const transport = name === 'Grace' && isSlow ? 'polling' : 'websocket';
    return open({ lane: 'main', name, transports: [transport] });
  });
  const [press, ...others] = all.map((client) => start(client, params));
  const [you, ada, grace, mary] = all;
  if (!you || !ada || !press || others.length === 0) return;
  await ada.connect();
  if (params.grace !== 'late') await grace?.connect();
  await mary?.connect();
  ada.emit('sit');
  const pressAll = async (): Promise<void> => {
    for (let i = 0; i < Number(params.presses); i++) {
      if (i > 0) await wait(HURRY_MS);
      press();
    }
  };
  if (params.click === 'before') await pressAll();
  await you.connect();
  you.of('/news');
  await wait(250);
  if (isSlow) await link(SLOW_LINK);
  if (params.click === 'after') await pressAll();
  await wait(400 + (isSlow ? 2 * SLOW_MS : 0));
  if (params.grace === 'late') await grace?.connect();
  await wait(300);
}
