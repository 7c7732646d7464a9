// A script is put in force by whoever holds the lab's token, when all of it is right; also as the lab
// opens. Over the app's own Socket.IO, as a page asks.

import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import { LABS_VERSION } from '../../src/contract/labs.ts';
import { Labs } from '../lab/labs.ts';
import { PacketWatch } from '../lab/packet-watch.ts';
import { Published } from '../lab/published.ts';
import { serveLabs } from '../lab/serve.ts';
import { TextClients } from '../lab/text-clients.ts';

const LANES = { main: { exercise: 'hello', transports: ['websocket'] } };
const STALL = { fault: 'stall', direction: 'both', when: { from: 0 } };
const script = (entry: object) => ({ name: 'a script', seed: 1, entries: [entry] });
const loss = { ...STALL, fault: 'loss' };

async function startApp() {
  const labs = new Labs();
  const http = createServer();
  const server = new Server(http);
  const bugs: unknown[] = [];
  serveLabs(server, partsOf(labs, bugs));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const page = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    page.disconnect();
    labs.closeAll();
    await server.close();
    expect(bugs).toEqual([]);
  });
  return { labs, ask: (event: string, request: object) => page.emitWithAck(event, request) };
}

const partsOf = (labs: Labs, bugs: unknown[]) => ({
  labs,
  published: new Published(mkdtempSync(join(tmpdir(), 'wirelight-link-'))),
  texts: new TextClients(() => ({ host: '127.0.0.1', port: 1 })),
  packets: new PacketWatch(() => 1),
  at: () => 'same' as const,
  onBug: (error: unknown) => void bugs.push(error),
});

it('opens no lab with a script that is none', async () => {
  const { labs, ask } = await startApp();
  const request = { version: LABS_VERSION, lanes: LANES };
  const refused = await ask('lab:open', { ...request, link: script(loss) });
  expect(refused).toMatchObject({ ok: false, code: 'link/not-for-streams' });
  expect(labs.size).toBe(0);
  expect(await ask('lab:open', { ...request, link: script(STALL) })).toMatchObject({ ok: true });
});

it('changes the link for the holder of the token alone, and only as a whole', async () => {
  const { labs, ask } = await startApp();
  const opened = await ask('lab:open', { version: LABS_VERSION, lanes: LANES });
  const { lab, token } = opened.value;
  const acts = () =>
    labs
      .find(lab)
      ?.tap.ring.all()
      .map((record) => record.kind === 'fault' && record.what);
  const codeOf = async (more: object) =>
    (await ask('lab:link', { lab, token, script: null, ...more })).code;
  expect(await codeOf({ token: '0'.repeat(64), script: script(STALL) })).toBe('labs/not-yours');
  expect(await codeOf({ lane: 'other' })).toBe('link/no-such-lane');
  expect(await codeOf({ script: script({ ...STALL, fault: 'magic' }) })).toBe('link/no-such-fault');
  expect(await codeOf({ script: script({ ...STALL, params: { rate: 1 } }) })).toBe(
    'link/bad-value',
  );
  expect(await codeOf({ script: 7 })).toBe('link/bad-script');
  expect(acts()).toEqual([]);
  expect(await codeOf({ script: script(STALL), lane: 'main' })).toBeUndefined();
  expect(await codeOf({ lane: 'main' })).toBeUndefined();
  expect(acts()).toEqual(['set', 'began', 'cleared']);
});
