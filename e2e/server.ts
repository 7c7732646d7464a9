// The real, built server as its own process, for the tests: on free ports, with its own data folder.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';

export class Server {
  readonly origin: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  constructor(port: number, labPort: number | 'same', data: string, labUrl?: string) {
    this.origin = `http://localhost:${port}`;
    const address = labUrl === undefined ? [] : ['--lab-url', labUrl];
    this.#args = ['--port', `${port}`, '--lab-port', `${labPort}`, '--data', data, ...address];
  }

  /** Resolves once `/healthz` answers; rejects with what the server printed when it ends before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['bin/wirelight.js', 'serve', ...this.#args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stdout.on('data', (text) => {
      printed += text;
    });
    child.stderr.on('data', (text) => {
      printed += text;
    });
    this.#child = child;
    while (!(await this.#isUp())) {
      if (child.exitCode !== null) throw new Error(`the server ended: ${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  async #isUp(): Promise<boolean> {
    return fetch(`${this.origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** Below the ports that systems hand out for connections, so that none of those takes it meanwhile. */
const PORTS = { from: 12_000, count: 20_000 } as const;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** `server` is running; `baseURL` is its origin. One a test, so that no test sees another's data. */
export const test = base.extend<{ server: Server }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find dependencies
  server: async ({}, use) => {
    const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
    const server = new Server(await freePort(), await freePort(), data);
    await server.start();
    await use(server);
    await server.stop();
    await rm(data, { recursive: true, force: true });
  },
  baseURL: async ({ server }, use) => use(server.origin),
});

export { expect } from '@playwright/test';
