// A random script of faults, and clients that write down when they come and go. For tests only.

import type { Socket } from 'socket.io-client';
import type { NoteKind } from '../../../../src/capture/record.ts';
import { parseScript } from '../../../../src/faults/script.ts';
import { mulberry32 } from '../../../../src/lib/random.ts';
import { startClient } from '../../../front/testing/start-front.ts';
import type { Lab } from '../../lab.ts';

/** Two of the faults of a stream, at times of their own. */
export function randomScript(seed: number) {
  const { next: random } = mulberry32(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const entry = () => {
    const from = Math.floor(random() * 60);
    const until = from + 50 + Math.floor(random() * 400);
    const direction = pick(['up', 'down', 'both']);
    const [fault, params] = pick([
      ['latency', { delay: Math.floor(random() * 300), jitter: 20 }],
      ['stall', {}],
      ['slice', { bytes: 3, gap: 1 }],
      ['close', { after: 80 }],
      ['reset', { after: 60 }],
    ] as const);
    return { fault, params, direction, when: { from, until } };
  };
  const parsed = parseScript({ name: 'random', seed, entries: [entry(), entry()] });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

const writer = (lab: Lab, who: string) => (what: NoteKind, message: string, detail?: string) =>
  lab.write([
    {
      lane: 'main',
      who,
      what,
      message,
      wroteAt: lab.tap.clock(),
      errorMicros: 0,
      ...(detail === undefined ? {} : { detail }),
    },
  ]);

/** A client that writes down when it comes and goes. */
export function start(
  port: number,
  lab: Lab,
  who: string,
): { readonly client: Socket; readonly note: ReturnType<typeof writer> } {
  const client = startClient(port, lab, ['websocket']);
  const note = writer(lab, who);
  client.on('connect', () => note('connected', '', client.io.engine.id));
  client.on('disconnect', (reason) => note('disconnected', '', reason));
  return { client, note };
}
