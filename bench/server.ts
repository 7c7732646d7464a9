// The built server as its own process, for measurements and screenshots: on free ports, with a data folder of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Server } from '../e2e/server.ts';

/** Resolves when it serves. `stop` ends it and removes its data. */
export async function startServer(): Promise<{ origin: string; stop(): Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'wirelight-bench-'));
  const server = new Server(await freePort(), await freePort(), data);
  await server.start();
  return {
    origin: server.origin,
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
