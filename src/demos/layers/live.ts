// One client that sends the learner's words, and then two short messages back to back.

import { layersClient } from '../../programs/layers-client.ts';
import type { LabOptions, LabRun } from '../demo.ts';

export interface LayersParams {
  readonly text: string;
  readonly transport: string;
  readonly length: string;
}

const LONG = 4_000;

export const lab = ({ transport }: LayersParams): LabOptions => ({
  wantsPackets: true,
  lanes: {
    main: { exercise: 'layers', transports: [transport === 'polling' ? 'polling' : 'websocket'] },
  },
});

function textOf({ text, length }: LayersParams): string {
  const words = text === '' ? ' ' : text;
  if (length !== 'long') return words;
  return `${words} `.repeat(Math.ceil(LONG / (words.length + 1))).slice(0, LONG);
}

export async function run({ client, wait }: LabRun, params: LayersParams): Promise<void> {
  let press = (): void => undefined;
  await client.connect();
  layersClient({
    socket: client.socket,
    text: textOf(params),
    button: {
      addEventListener(_, callback) {
        press = callback;
      },
    },
    show: (answer) => client.note('acknowledged', 'say', String(answer)),
  });
  await wait(200);
  client.note('emitted', 'say');
  press();
  await wait(500);
  // Back to back: two messages that may well travel in one piece.
  await Promise.all([client.emitWithAck('say', 'one'), client.emitWithAck('say', 'two')]);
  await wait(300);
  client.socket.disconnect();
  await wait(200);
}
