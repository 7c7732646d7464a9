// What tshark says about the same files: the recorded ones, and one made here of a real loopback
// exchange. Where tshark is not installed, the test says that nothing was compared.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hex } from '../lib/bytes.ts';
import { join as joinBytes } from '../lib/join.ts';
import { fieldValue } from '../wire/layer.ts';
import { readPacketFile } from './foreign-file.ts';
import { analyzePackets, type PacketAnalysis } from './packet-analysis.ts';
import { packetFrame } from './packet-frame.ts';
import { packetRow } from './packet-row.ts';
import { pcapFile } from './testing/pcap-writer.ts';

const FOLDER = 'content/captures';
/** Every fourth: tshark takes half a second to start. */
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.pcapng'))
  .filter((_, i) => i % 4 === 0);
/**
 * Captures whose messages are all whole. Of one that was cut, or is no message, tshark calls the rest a
 * continuation at once; we wait for the end of the stream before we say what it is.
 */
const WHOLE = [
  'connections-both',
  'emit-binary',
  'handshake-both',
  'handshake-polling',
  'http-same',
  'mailbox-there',
  'news-four',
  'queue-poison',
  'room-told',
];
const isThere = spawnSync('tshark', ['--version']).error === undefined;
const withTshark = isThere ? 'beside tshark' : 'not run: tshark is not installed';

function analysisOf(path: string): PacketAnalysis {
  const work = analyzePackets(readPacketFile(new Uint8Array(readFileSync(path))));
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function tshark(...args: readonly string[]): string[] {
  const { stdout, status, stderr } = spawnSync('tshark', args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

const FIELDS = ['frame.number', 'frame.len', 'tcp.stream', 'tcp.seq', 'tcp.ack', 'tcp.len'];

/** One line a packet, of the fields above. */
function theirPackets(path: string): string[] {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  return tshark('-r', path, '-T', 'fields', '-E', 'separator=,', ...fields);
}

function ourPackets(analysis: PacketAnalysis): string[] {
  return analysis.file.packets.map((packet, i) => {
    const place = analysis.placeOf(i);
    const [stream, ...numbers] = place ? numbersOf(analysis, i) : ['', '', '', ''];
    return [i + 1, packet.length, stream, ...numbers].join();
  });
}

function numbersOf(analysis: PacketAnalysis, i: number): (number | string)[] {
  const { layers } = packetFrame(analysis, i);
  const tcp = layers.find(({ protocol }) => protocol === 'tcp');
  return ['tcp.stream', 'tcp.seq', 'tcp.ack', 'tcp.len'].map((key) =>
    // Without the flag the number means nothing; tshark says 0 then.
    String((tcp && fieldValue(tcp, key)) ?? 0),
  );
}

/** The bytes of each direction of a connection, as `follow` puts them together. */
function theirStream(path: string, stream: number): Record<'up' | 'down', string> {
  const lines = tshark('-r', path, '-q', '-z', `follow,tcp,raw,${stream}`);
  const data = lines.filter((line) => /^\t?[0-9a-f]+$/.test(line));
  const down = data.filter((line) => line.startsWith('\t')).map((line) => line.slice(1));
  return { up: data.filter((line) => !line.startsWith('\t')).join(''), down: down.join('') };
}

function ourStream({ messages }: PacketAnalysis, connection: number) {
  const of = (direction: 'up' | 'down') =>
    hex(
      joinBytes(
        messages.frames
          .filter((frame) => frame.connection === connection && frame.direction === direction)
          .sort((a, b) => a.offset - b.offset)
          .map(({ sources }) => sources[0]?.bytes ?? new Uint8Array(0)),
      ),
    );
  return { up: of('up'), down: of('down') };
}

it(`${withTshark}: sees the same packets and numbers in recorded files`, () => {
  if (!isThere) return;
  for (const name of FILES) {
    const path = join(FOLDER, name);
    expect(ourPackets(analysisOf(path)), name).toEqual(theirPackets(path));
  }
}, 120_000);

it(`${withTshark}: puts the same streams together in a recorded file`, () => {
  if (!isThere) return;
  const path = join(FOLDER, 'handshake-both.pcapng');
  const analysis = analysisOf(path);
  expect(analysis.connections.length).toBeGreaterThan(1);
  for (const { id } of analysis.connections) {
    expect(ourStream(analysis, id), `connection ${id}`).toEqual(theirStream(path, id - 1));
  }
}, 60_000);

it(`${withTshark}: puts the same streams together from packets that are repeated and out of order`, () => {
  if (!isThere) return;
  const folder = mkdtempSync(join(tmpdir(), 'wirelight-tshark-'));
  const source = readPacketFile(
    new Uint8Array(readFileSync(join(FOLDER, 'handshake-both.pcapng'))),
  );
  // Each third packet with data a place later, and each fifth twice: all bytes are there all the same.
  const all = source.packets.map(({ start, end }) => source.bytes.subarray(start, end));
  const moved = all.flatMap((packet, i) => (i % 5 === 0 ? [packet, packet] : [packet]));
  for (let i = 6; i + 1 < moved.length; i += 7) {
    [moved[i], moved[i + 1]] = [moved[i + 1] as Uint8Array, moved[i] as Uint8Array];
  }
  const path = join(folder, 'mixed.pcap');
  writeFileSync(path, pcapFile(moved, { isLittle: true, isNano: false, linkType: 101 }));
  const analysis = analysisOf(path);
  for (const { id } of analysis.connections) {
    expect(ourStream(analysis, id), `connection ${id}`).toEqual(theirStream(path, id - 1));
  }
  rmSync(folder, { recursive: true });
}, 60_000);

it(`${withTshark}: finds messages in the same packets`, () => {
  if (!isThere) return;
  const isAbove = new Set(['websocket', 'engineio', 'socketio', 'http']);
  for (const name of WHOLE.map((each) => `${each}.pcapng`)) {
    const path = join(FOLDER, name);
    const theirs = tshark(
      '-r',
      path,
      '-Y',
      'http or websocket',
      '-T',
      'fields',
      '-e',
      'frame.number',
    );
    const analysis = analysisOf(path);
    const ours = analysis.file.packets.flatMap((_, i) =>
      isAbove.has(packetRow(analysis, i).protocol) ? [String(i + 1)] : [],
    );
    expect(ours, name).toEqual(theirs);
  }
}, 120_000);
