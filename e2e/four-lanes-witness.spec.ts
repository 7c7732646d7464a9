// Promise: the counters of the four lanes are what others counted, who know nothing of the capture: the
// browser's network log, tcpdump where it may run, and what each end wrote down; and each lane comes back
// from a break in its own way.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { readPcapStreams } from '../server/tap/testing/pcap-streams.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import type { Noted } from '../src/capture/record.ts';
import { expect, freePort, Server, test } from './server.ts';

const WAYS = {
  short: 'Short polling',
  long: 'Long polling',
  sse: 'Server-sent events',
  websocket: 'WebSocket',
} as const;
type Lane = keyof typeof WAYS;
const LANES = Object.keys(WAYS) as Lane[];

const laneOf = (url: string): string | undefined => /\/lab\/[^/]+\/([^/]+)\//.exec(url)?.[1];

async function run(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run again', exact: true })).toBeVisible({
    timeout: 90_000,
  });
  await page.getByRole('button', { name: 'To the newest' }).click();
}

async function shown(page: Page, way: string, name: string): Promise<string> {
  const lane = page
    .getByRole('region', { name: 'What each way costs' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: way, exact: true }) });
  const row = lane.locator('div').filter({ has: page.getByText(name, { exact: true }) });
  return (await row.getByRole('definition').first().textContent()) ?? '';
}

const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));

/** What both ends wrote down, in the file that the learner can save. */
async function notesOf(page: Page): Promise<readonly Noted[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as pcapng' }).click(),
  ]);
  const { records } = readPcapng(new Uint8Array(await readFile(await download.path())));
  return records.filter((record) => record.kind === 'note');
}

interface Log {
  readonly requests: Map<string, number>;
  readonly connections: Map<string, Set<number>>;
  frames: number;
  events: number;
  readonly lastEventIds: string[];
  readonly sockets: string[];
}

/** What the browser says of its own network, by the DevTools protocol. */
async function logOf(client: CDPSession): Promise<Log> {
  const log: Log = {
    requests: new Map(),
    connections: new Map(),
    frames: 0,
    events: 0,
    lastEventIds: [],
    sockets: [],
  };
  const bare = new Set<string>();
  const count = (lane: string): void => {
    log.requests.set(lane, (log.requests.get(lane) ?? 0) + 1);
  };
  await client.send('Network.enable');
  client.on('Network.requestWillBeSent', ({ request }) => {
    const lane = laneOf(request.url);
    if (lane !== undefined) count(lane);
  });
  client.on('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    const id = headers['Last-Event-ID'];
    if (id !== undefined) log.lastEventIds.push(id);
  });
  client.on('Network.responseReceived', ({ response }) => {
    const lane = laneOf(response.url);
    if (lane === undefined) return;
    const ids = log.connections.get(lane) ?? new Set();
    log.connections.set(lane, ids.add(response.connectionId));
  });
  client.on('Network.webSocketCreated', ({ requestId, url }) => {
    if (laneOf(url) !== 'websocket') return;
    bare.add(requestId);
    log.sockets.push(url);
    count('websocket');
    log.connections.set('websocket', new Set(log.sockets.keys()));
  });
  const frame = ({ requestId }: { requestId: string }): void => {
    if (bare.has(requestId)) log.frames++;
  };
  client.on('Network.webSocketFrameReceived', frame);
  client.on('Network.webSocketFrameSent', frame);
  client.on('Network.eventSourceMessageReceived', ({ eventName }) => {
    if (eventName === 'news') log.events++;
  });
  return log;
}

/** Missed and late items of a lane, counted anew from what its ends wrote down. */
function fates(notes: readonly Noted[], lane: Lane) {
  const of = (what: string): readonly Noted[] =>
    notes.filter((note) => note.lane === lane && note.what === what);
  const [emitted, handled] = [of('emitted'), of('handled')];
  const at = new Map(handled.map(({ message, wroteAt }) => [message, wroteAt]));
  const late = emitted.filter(({ message }, i) => {
    const [next, here] = [emitted[i + 1], at.get(message)];
    return next !== undefined && here !== undefined && here > next.wroteAt;
  });
  return { emitted, handled, missed: emitted.length - at.size, late: late.length };
}

test('requests, connections, frames, missed and late are what the browser and both ends say', async ({
  page,
}) => {
  const log = await logOf(await page.context().newCDPSession(page));
  await run(page, '/demos/polling-vs-websocket');
  const notes = await notesOf(page);
  for (const lane of LANES) {
    const way = WAYS[lane];
    const { emitted, handled, missed, late } = fates(notes, lane);
    expect(numberIn(await shown(page, way, 'Requests')), way).toBe(log.requests.get(lane));
    expect(numberIn(await shown(page, way, 'Connections')), way).toBe(
      log.connections.get(lane)?.size,
    );
    expect(await shown(page, way, 'Missed'), way).toBe(String(missed));
    expect(await shown(page, way, 'Late'), way).toBe(`${late} of ${handled.length}`);
    expect(emitted.map(({ message }) => message)).toEqual(
      Array.from({ length: 8 }, (_, i) => `n${i + 1}`),
    );
  }
  // The browser does not report the two frames that close.
  expect(numberIn(await shown(page, 'WebSocket', 'WebSocket frames'))).toBe(log.frames + 2);
  expect(fates(notes, 'websocket').handled).toHaveLength(log.frames);
  expect(fates(notes, 'sse').handled).toHaveLength(log.events);

  // In lockstep: the source writes an item down for all lanes before anybody gets the next one.
  const order = notes.filter(({ what }) => what === 'emitted').map(({ message }) => message);
  const items = [...new Set(order)];
  expect(order).toEqual(items.flatMap((item) => LANES.map(() => item)));
  const spreads = items
    .map((item) => {
      const times = notes.filter((one) => one.what === 'emitted' && one.message === item);
      const at = times.map(({ wroteAt }) => wroteAt);
      return Math.max(...at) - Math.min(...at);
    })
    .sort((a, b) => a - b);
  // Half of the items, so that the machine may be elsewhere for a while.
  expect(spreads[Math.floor(spreads.length / 2)]).toBeLessThan(5_000);
});

test('a cut: every lane comes back in its own way, and nobody misses an item', async ({ page }) => {
  const log = await logOf(await page.context().newCDPSession(page));
  await run(page, '/demos/polling-vs-websocket?quiet=6&link=cut;1;reset,both,1800..2600');
  const notes = await notesOf(page);
  for (const lane of LANES) {
    const { missed, late, handled } = fates(notes, lane);
    expect(await shown(page, WAYS[lane], 'Missed'), lane).toBe('0');
    expect(missed, lane).toBe(0);
    expect(await shown(page, WAYS[lane], 'Late'), lane).toBe(`${late} of ${handled.length}`);
    expect(numberIn(await shown(page, WAYS[lane], 'Connections')), lane).toBeGreaterThan(1);
  }
  // The browser itself says how far it had heard; the program with the WebSocket has to.
  expect(log.lastEventIds.length).toBeGreaterThan(0);
  expect(Number(log.lastEventIds[0])).toBeGreaterThan(0);
  expect(Number(/after=(\d+)/.exec(log.sockets.at(-1) ?? '')?.[1])).toBeGreaterThan(0);
});

test('a stall: nothing is missed, and what was open stays open', async ({ page }) => {
  await run(page, '/demos/polling-vs-websocket?link=stall;1;stall,both,1800..3300');
  const notes = await notesOf(page);
  for (const lane of LANES) {
    const { missed, late, handled } = fates(notes, lane);
    expect(missed, lane).toBe(0);
    expect(await shown(page, WAYS[lane], 'Missed'), lane).toBe('0');
    expect(await shown(page, WAYS[lane], 'Late'), lane).toBe(`${late} of ${handled.length}`);
  }
  for (const lane of ['sse', 'websocket'] as const) {
    expect(await shown(page, WAYS[lane], 'Connections'), lane).toBe('1');
  }
  expect(fates(notes, 'websocket').late).toBeGreaterThan(0);
});

/** Why tcpdump cannot watch the loopback interface here, or nothing where it can. */
function whyNoWitness(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'tcpdump on "lo" needs root on Linux';
  const tried = spawnSync('tcpdump', ['-i', 'lo', '-d', 'tcp'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : 'tcpdump cannot capture here';
}

async function startTcpdump(port: number) {
  const options = ['-i', 'lo', '-w', '-', '--immediate-mode', '-U', '-s', '0', '-B', '65536'];
  const tcpdump: ChildProcess = spawn('tcpdump', [...options, 'tcp', 'port', `${port}`]);
  const parts: Buffer[] = [];
  tcpdump.stdout?.on('data', (part: Buffer) => parts.push(part));
  await new Promise<void>((resolve) => {
    tcpdump.stderr?.on('data', (said: Buffer) => {
      if (String(said).includes('listening on lo')) resolve();
    });
  });
  return async () => {
    const ended = new Promise((resolve) => tcpdump.once('close', resolve));
    tcpdump.kill('SIGINT');
    await ended;
    return readPcapStreams(Buffer.concat(parts));
  };
}

/**
 * What of a connection belongs to its lane. A browser may send the request of another lane on it; the
 * server turns that away with 408 and the browser repeats it elsewhere, so it belongs to no lane.
 */
function bytesOf(lane: Lane, up: Buffer, down: Buffer): number {
  const asked = up.toString('latin1').split(/(?=GET \/lab\/)/);
  const strange = asked.filter((request) => laneOf(request) !== lane);
  const away = down.toString('latin1').match(/HTTP\/1\.1 408 [\s\S]*?\r\n\r\n/g) ?? [];
  expect(away.length).toBe(strange.length);
  const [sent, answered] = [strange, away].map((all) => all.join('').length);
  return up.length + down.length - (sent ?? 0) - (answered ?? 0);
}

/** The end of a chunked body (RFC 9112 §7.1). */
const LAST_CHUNK = '0\r\n\r\n';

test('the bytes and connections of each lane are what tcpdump saw', async ({ page }) => {
  const missing = whyNoWitness();
  test.skip(missing !== undefined, missing);
  const data = await mkdtemp(join(tmpdir(), 'wirelight-e2e-'));
  const port = await freePort();
  const server = new Server(await freePort(), port, data);
  await server.start();
  const stop = await startTcpdump(port);
  await run(page, `${server.origin}/demos/polling-vs-websocket?compression=on&size=200`);
  const streams = await stop();
  for (const lane of LANES) {
    const opened = [...streams].filter(
      ([name, bytes]) =>
        name.endsWith(`>${port}`) && laneOf(bytes.toString('latin1', 0, 200)) === lane,
    );
    const downOf = (name: string): Buffer =>
      streams.get(`${port}>${name.split('>')[0]}`) ?? Buffer.alloc(0);
    const bytes = opened.reduce((sum, [name, up]) => sum + bytesOf(lane, up, downOf(name)), 0);
    // The page hangs up on its stream of events. The end of the body, which the server writes then, may find the
    // connection reset: it was written, and never left the kernel.
    const [stream] = lane === 'sse' ? opened : [];
    const isCutOff =
      stream !== undefined && !downOf(stream[0]).toString('latin1').endsWith(LAST_CHUNK);
    const onWire = numberIn(await shown(page, WAYS[lane], 'On the wire'));
    expect(isCutOff ? [bytes, bytes + LAST_CHUNK.length] : [bytes], lane).toContain(onWire);
    expect(numberIn(await shown(page, WAYS[lane], 'Connections')), lane).toBe(opened.length);
  }
  await server.stop();
  await rm(data, { recursive: true, force: true });
});
