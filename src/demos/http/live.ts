// A browser and a small web server, one exchange after another. Each is an ordinary fetch; what goes
// into the requests beyond method, path and body is the browser's own choice.

import type { LabOptions, LabRun } from '../demo.ts';

interface Params {
  readonly text: string;
  readonly between: string;
}

export const lab = (): LabOptions => ({
  lanes: { main: { exercise: 'http', transports: ['websocket'] } },
});

export async function run({ client, wait }: LabRun, { text, between }: Params): Promise<void> {
  const exchange = async (path: string, request: RequestInit = {}): Promise<void> => {
    // The browser's cache may keep the answer, as it does for any page.
    const answer = await fetch(client.url(path), { credentials: 'omit', ...request });
    await answer.arrayBuffer();
    await wait(150);
  };
  const post = { method: 'POST', body: text };
  await exchange('notes');
  if (between === 'changed') await exchange('notes', post);
  await exchange('notes');
  await exchange('notes', { method: 'HEAD', cache: 'no-store' });
  if (between === 'same') await exchange('notes', post);
  await exchange('nowhere');
  await exchange('file');
  client.note('disconnected', '', 'the run is over');
}
