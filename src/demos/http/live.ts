// A browser and a small web server, one exchange after another. Each is an ordinary fetch; what goes
// into the requests beyond method, path and body is the browser's own choice.

import type { FaultScript } from '../../faults/script.ts';
import type { LabOptions, LabRun } from '../demo.ts';

interface Params {
  readonly text: string;
  readonly between: string;
  readonly breaks: string;
}

/** Resets the connection when the server has the note and has answered, before any of the answer has passed. */
const RESET: FaultScript = {
  name: 'The answer to the note is cut off',
  seed: 1,
  entries: [
    {
      fault: 'reset',
      direction: 'down',
      params: { after: 0 },
      when: {
        place: {
          lane: 'main',
          carrier: 'http',
          direction: 'down',
          protocol: 'http',
          type: '201',
          name: '',
          nth: 1,
          at: 'before',
        },
      },
    },
  ],
};

export const lab = (): LabOptions => ({
  lanes: { main: { exercise: 'http', transports: ['websocket'] } },
});

export async function run(
  { client, link, wait }: LabRun,
  { text, between, breaks }: Params,
): Promise<void> {
  if (breaks === 'reset') await link(RESET);
  let count = 0;
  const exchange = async (path: string, request: RequestInit = {}): Promise<void> => {
    // The browser's cache may keep the answer, as it does for any page.
    const answer = await fetch(client.url(path), { credentials: 'omit', ...request });
    const { byteLength } = await answer.arrayBuffer();
    const size = `${byteLength.toLocaleString('en-GB')} byte${byteLength === 1 ? '' : 's'}`;
    client.note('handled', `${++count}`, `${answer.status}, ${size}`);
    await wait(150);
  };
  const post = { method: 'POST', body: text };
  await exchange('notes');
  if (between === 'changed') await exchange('notes', post);
  await exchange('notes');
  await exchange('notes', { method: 'HEAD', cache: 'no-store' });
  if (between === 'same') await exchange('notes', post);
  // To see how often the note is there.
  if (breaks === 'reset') await exchange('notes');
  await exchange('nowhere');
  await exchange('file');
  await exchange('story');
  client.note('disconnected', '', 'the run is over');
}
