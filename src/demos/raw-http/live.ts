// The learner's own text on a connection of its own, and whatever the lab's web server makes of it. What
// is said is the text and nothing else; the page only puts in the lab's path and chooses the line ends.

import type { LabOptions, LabRun } from '../demo.ts';

interface Params {
  readonly text: string;
  readonly ends: string;
}

export const lab = (): LabOptions => ({
  lanes: { main: { exercise: 'http', transports: ['websocket'] } },
});

export async function run({ client, send }: LabRun, { text, ends }: Params): Promise<void> {
  const own = text.replaceAll('{lab}', new URL(client.url('')).pathname);
  await send('main', ends === 'crlf' ? own.replaceAll('\n', '\r\n') : own);
}
