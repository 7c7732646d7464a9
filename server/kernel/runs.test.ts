// The kernel's runs for pages: hostile requests are refused with a code, without rights the page is told what
// is missing, one run goes at a time, who leaves gives it up; and where the kernel can be run, it is.

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { readTransitFile } from '../../src/capture/transit-file.ts';
import type { Reply } from '../../src/contract/call.ts';
import { KERNEL_VERSION, type KernelRunSeen, MAX_RUN_BYTES } from '../../src/contract/kernel.ts';
import type { LinkRun } from '../../src/sim/link-run.ts';
import { completionOf, retransmissionsOf, stepsOf } from '../../src/sim/run-comparison.ts';
import { namesOfNamespaces } from './namespaces.ts';
import { whyNoKernelLink } from './rights.ts';
import { KernelRuns } from './runs.ts';
import { serveKernel } from './serve.ts';

const BYTES = 20_000;
const RUN: LinkRun = {
  kind: 'tcp',
  subnet: 0,
  seed: 1,
  opensAtMs: 5,
  writes: [{ atMs: 5, bytes: BYTES }],
  isHasty: false,
  ending: 'close',
  link: { delayMs: 20, rate: 10_000_000, queuePackets: 100 },
  loses: { up: [6], down: [], percent: 0 },
};

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  closing = [];
});

async function start(runs: KernelRuns): Promise<() => Promise<Socket>> {
  const http: HttpServer = createServer();
  const server = new Server(http);
  const bugs: unknown[] = [];
  serveKernel(server, { runs, onBug: (error) => bugs.push(error) });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  closing.push(async () => {
    await runs.close();
    await server.close();
    expect(bugs).toEqual([]);
  });
  return async () => {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    closing.push(async () => void socket.disconnect());
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    return socket;
  };
}

const ask = (socket: Socket, run: unknown): Promise<Reply<KernelRunSeen>> =>
  socket.emitWithAck('kernel:run', { version: KERNEL_VERSION, run });

describe('what is refused', () => {
  const many = Array.from({ length: 65 }, (_, i) => ({ atMs: i, bytes: 1 }));
  const bad: Readonly<Record<string, unknown>> = {
    nothing: null,
    'a text': 'ip netns',
    'no writes': { ...RUN, writes: [] },
    'too many writes': { ...RUN, writes: many },
    'too much': {
      ...RUN,
      writes: [
        { atMs: 0, bytes: MAX_RUN_BYTES },
        { atMs: 1, bytes: 1 },
      ],
    },
    'writes out of order': {
      ...RUN,
      writes: [
        { atMs: 9, bytes: 1 },
        { atMs: 1, bytes: 1 },
      ],
    },
    'an address of its own': { ...RUN, subnet: '0.1; reboot' },
    'another network': { ...RUN, subnet: 200 },
    'a link without end': { ...RUN, link: { ...RUN.link, delayMs: 1e9 } },
    'a link that stands still': { ...RUN, link: { ...RUN.link, rate: 1 } },
    'no number': { ...RUN, link: { ...RUN.link, delayMs: Number.NaN } },
    'all lost': { ...RUN, loses: { ...RUN.loses, percent: 100 } },
    'a packet before the first': { ...RUN, loses: { ...RUN.loses, up: [0] } },
    'something unknown': { ...RUN, command: 'reboot' },
  };

  it.each(Object.entries(bad))('%s', async (_, run) => {
    const connect = await start(new KernelRuns({ why: () => undefined }));
    expect(await ask(await connect(), run)).toMatchObject({ ok: false, code: 'bad-request' });
  });

  it('another version', async () => {
    const socket = await (await start(new KernelRuns({ why: () => undefined })))();
    const reply = await socket.emitWithAck('kernel:run', { version: 99, run: RUN });
    expect(reply).toMatchObject({ ok: false, code: 'other-version' });
  });

  it('everything, where the rights are missing: the page is told what and how', async () => {
    const connect = await start(
      new KernelRuns({ why: () => 'The device is missing. docker run --device.' }),
    );
    const reply = await ask(await connect(), RUN);
    expect(reply).toMatchObject({ ok: false, code: 'kernel/no-rights' });
    expect(reply.ok ? '' : reply.message).toContain('docker run --device');
  });

  it('all again, without looking again what the machine has', async () => {
    let looks = 0;
    const why = () => {
      looks += 1;
      return 'Nothing is there.';
    };
    const socket = await (await start(new KernelRuns({ why })))();
    await ask(socket, RUN);
    await ask(socket, RUN);
    expect(looks).toBe(1);
  });
});

const why = whyNoKernelLink();

if (why === undefined) {
  describe('on this machine’s kernel', () => {
    it('runs what was asked for, and leaves nothing behind', async () => {
      const socket = await (await start(new KernelRuns()))();
      const reply = await ask(socket, RUN);
      if (!reply.ok) throw new Error(reply.message);
      const { file, isComplete, kernel } = reply.value;
      expect(isComplete).toBe(true);
      expect(kernel).toMatch(/^Linux \d/);
      const steps = stepsOf(readTransitFile(new Uint8Array(file)));
      expect(completionOf(steps, BYTES)).toBeGreaterThan(60_000);
      const sent = steps.filter(({ from }) => from === 'client');
      expect(sent.flatMap(({ lostTo }, i) => (lostTo ? [i + 1] : []))).toEqual([6]);
      expect(retransmissionsOf(steps)[0]?.seq).toBe(sent[5]?.seq);
      const mine = (await namesOfNamespaces()).filter((name) =>
        name.startsWith(`wirelight-${process.pid}-`),
      );
      expect(mine).toEqual([]);
    });

    it('runs one at a time: the second is told, and has its own', async () => {
      const connect = await start(new KernelRuns());
      const [one, two] = [await connect(), await connect()];
      const ahead: number[] = [];
      two.on('kernel:ahead', (runs: number) => ahead.push(runs));
      const first = new Promise<void>((resolve) => one.once('kernel:ahead', () => resolve()));
      const asked = ask(one, RUN);
      await first;
      const [a, b] = await Promise.all([
        asked,
        ask(two, { ...RUN, loses: { ...RUN.loses, up: [] } }),
      ]);
      expect([a.ok, b.ok]).toEqual([true, true]);
      expect(ahead[0]).toBe(1);
      expect(ahead.at(-1)).toBe(0);
    });

    it('is given up when its page is gone, and the next one goes on', async () => {
      const connect = await start(new KernelRuns({ limit: 600_000 }));
      const [one, two] = [await connect(), await connect()];
      const first = new Promise<void>((resolve) => one.once('kernel:ahead', () => resolve()));
      // Nothing gets through, so it would last far longer than this test may.
      const deaf = {
        ...RUN,
        loses: { ...RUN.loses, up: Array.from({ length: 50 }, (_, i) => i + 1) },
      };
      void ask(one, deaf).catch(() => undefined);
      await first;
      one.disconnect();
      expect(await ask(two, RUN)).toMatchObject({ ok: true });
    });

    it('is stopped by the page that asked for it', async () => {
      const socket = await (await start(new KernelRuns()))();
      const first = new Promise<void>((resolve) => socket.once('kernel:ahead', () => resolve()));
      const asked = ask(socket, { ...RUN, loses: { ...RUN.loses, up: [1, 2, 3, 4, 5, 6] } });
      await first;
      await socket.emitWithAck('kernel:stop', { version: KERNEL_VERSION });
      expect(await asked).toMatchObject({ ok: false, code: 'kernel/stopped' });
    });
  });
} else {
  it(`no run on this kernel: ${why}`, () => {
    process.stderr.write(`No run was made on the server's kernel: ${why}\n`);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });
}
