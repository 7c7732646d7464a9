// Records the captures that stand in when the server goes away: demos run in a real browser against
// the real server, and exported. Run: npm run record [DEMO …]

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type Browser, chromium } from '@playwright/test';
import { launchOptions } from '../bench/browser.ts';
import { startServer } from '../bench/server.ts';
import { SAMPLES } from '../src/demos/raw-http/samples.ts';

const FOLDER = 'content/captures';

interface Demo {
  readonly shows: string;
  /** Capture name → the demo's settings. */
  readonly runs: Readonly<Record<string, string>>;
}

const DEMOS: Readonly<Record<string, Demo>> = {
  connections: {
    shows: 'Several clients of one port of a lab, on the same computer.',
    runs: {
      'connections-one': 'clients=1',
      'connections-three': '',
      'connections-leaves': 'leaves=yes',
      'connections-both': 'clients=2&transports=both',
      'connections-polling': 'clients=1&transports=polling',
    },
  },
  handshake: {
    shows: 'The handshake demo between Chromium and a lab on the same computer.',
    runs: {
      'handshake-both': 'transports=both',
      'handshake-websocket': 'transports=websocket',
      'handshake-polling': 'transports=polling',
    },
  },
  emit: {
    shows: 'Three clients of one lab, one of which emits, on the same computer.',
    runs: {
      'emit-everybody': '',
      'emit-the-others': 'target=the+others',
      'emit-front-row': 'target=front+row',
      'emit-only-me': 'target=only+me',
      'emit-late': 'grace=late',
      'emit-typo': 'event=sya',
      'emit-binary': 'payload=binary',
      'emit-volatile': 'target=everybody%2C+volatile&grace=polls&presses=3',
    },
  },
  'missed-events': {
    shows: 'Both ends emit over a link that breaks for a while, in a lab on the same computer.',
    runs: Object.fromEntries(
      [
        'nothing-stall-3000-middle-once',
        'nothing-close-3000-middle-once',
        'buffer-stall-3000-middle-once',
        'retry-stall-1000-middle-once',
        'recovery-stall-3000-middle-once',
        'recovery-stall-3000-early-once',
        'recovery-stall-8000-middle-once',
        'recovery-stall-3000-middle-twice',
        'kinds-stall-3000-middle-once',
        'relay-stall-3000-middle-once',
        'volatile-stall-3000-middle-once',
        'all-stall-3000-middle-once',
      ].map((run) => {
        const [strategy, how, length, moment, times] = run.split('-');
        const query = `strategy=${strategy}&how=${how}&length=${length}&moment=${moment}&times=${times}`;
        return [`missed-${run}`, query];
      }),
    ),
  },
  bidirectional: {
    shows: 'A room of devices in a lab, each with a connection of its own, on the same computer.',
    runs: {
      'room-told': '',
      'room-polling-asks': 'transport=polling&hears=500&panel1=nothing',
      'room-polling-told': 'transport=polling',
      'room-limit-device': 'panel1=volume-90',
      'room-limit-server': 'panel1=volume-90&answer=server',
      'room-same-last': 'panel2=volume-20&when=same',
      'room-same-version': 'panel2=volume-20&when=same&rule=version',
      'room-cut-server': 'amplifier=cut&answer=server',
      'room-cut-device': 'amplifier=cut',
    },
  },
  http: {
    shows: 'One HTTP exchange after another between Chromium and a lab on the same computer.',
    runs: { 'http-same': '', 'http-changed': 'between=changed', 'http-reset': 'breaks=reset' },
  },
  'raw-http': {
    shows: 'A text that a client on the server said to a lab on the same computer, byte for byte.',
    runs: {
      ...Object.fromEntries(Object.keys(SAMPLES).map((name) => [`raw-${name}`, `text=${name}`])),
      'raw-line-feeds': 'ends=lf',
    },
  },
  'polling-vs-websocket': {
    shows: 'The same news in four ways at once, from a lab on the same computer.',
    runs: {
      'news-four': '',
      'news-often': 'rate=20&count=20',
      'news-seldom-asked': 'interval=2000',
      'news-compressed': 'compression=on&size=200&fifth=websocket',
      'news-compressed-short': 'compression=on',
      'news-bursts': 'bursts=4',
      'news-cut-close': 'cut=close',
      'news-cut-stall': 'cut=stall',
      'news-socketio-polling': 'fifth=polling',
      'news-socketio-websocket': 'fifth=websocket',
    },
  },
  layers: {
    shows: 'One message to a lab, by WebSocket and by HTTP, short and long, on the same computer.',
    runs: {
      'layers-websocket': '',
      'layers-http': 'transport=polling',
      'layers-long': 'length=long',
    },
  },
  mailbox: {
    shows: 'A mailbox in a lab: Ben leaves letters, Ada confirms them, on the same computer.',
    runs: {
      'mailbox-there': 'away=no',
      'mailbox-away': 'away=yes',
      'mailbox-crash': 'away=no&crash=yes',
    },
  },
  queue: {
    shows: 'A message queue in a lab with one producer and two consumers, on the same computer.',
    runs: {
      'queue-at-most-once-before': 'promise=at-most-once&crash=before',
      'queue-at-least-once-no': '',
      'queue-at-least-once-after': 'crash=after',
      'queue-effectively-once-after': 'promise=effectively-once&crash=after',
      'queue-poison': 'poison=yes',
    },
  },
};

const wanted = process.argv.slice(2);
const server = await startServer();
const browser = await chromium.launch(launchOptions());
await mkdir(FOLDER, { recursive: true });
for (const [name, demo] of Object.entries(DEMOS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const [capture, query] of Object.entries(demo.runs)) await record(name, query, capture);
  const manifest = `${FOLDER}/${name}.json`;
  await writeFile(manifest, `${JSON.stringify(await manifestOf(demo, browser), null, 2)}\n`);
}
await browser.close();
await server.stop();

async function record(demo: string, query: string, capture: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/demos/${demo}?${query}`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 30_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as pcapng' }).click(),
  ]);
  await download.saveAs(`${FOLDER}/${capture}.pcapng`);
  console.log(`${FOLDER}/${capture}.pcapng`);
  await page.close();
}

async function manifestOf({ shows, runs }: Demo, chromium: Browser) {
  return {
    captures: Object.keys(runs),
    shows,
    script: 'scripts/record.ts',
    recordedAt: new Date().toISOString(),
    versions: {
      node: process.versions.node,
      chromium: chromium.version(),
      'socket.io': await versionOf('socket.io'),
      'socket.io-client': await versionOf('socket.io-client'),
    },
  };
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(`node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
