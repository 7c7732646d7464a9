// The rows that are read quickly are those of the whole analysis, line by line: of the recorded captures,
// of random traffic, and of both after damage.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../lib/bytes.ts';
import { micros } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { buildWebSocketFrame } from '../wire/websocket.ts';
import { ExportedConnection, type Packet } from './export-packets.ts';
import { readPacketFile } from './foreign-file.ts';
import { LINK } from './link-types.ts';
import { analyzePackets } from './packet-analysis.ts';
import type { PacketFile } from './packet-file.ts';
import { type PacketRow, packetRow } from './packet-row.ts';
import { readPacketRows } from './packet-rows.ts';
import type { Direction } from './record.ts';
import { pcapFile } from './testing/pcap-writer.ts';
import { damaged, randomTraffic, seeded } from './testing/random-traffic.ts';

function fullRows(file: PacketFile): PacketRow[] {
  const work = analyzePackets(file);
  for (;;) {
    const step = work.next();
    if (step.done) return file.packets.map((_, i) => packetRow(step.value, i));
  }
}

/** How many connections were skimmed and read in full, after the rows were found to be the same. */
function compared(file: PacketFile): { skimmed: number; readInFull: number } {
  const { rowOf, skimmed, readInFull } = readPacketRows(file);
  const full = fullRows(file).map((row) => JSON.stringify(row));
  expect(file.packets.map((_, i) => JSON.stringify(rowOf(i)))).toEqual(full);
  return { skimmed, readInFull };
}

const raw = (packets: readonly Bytes[]): PacketFile =>
  readPacketFile(pcapFile(packets, { isLittle: true, isNano: false, linkType: LINK.raw }));

const FOLDER = 'content/captures';
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.pcapng'))
  .map((name) => readPacketFile(new Uint8Array(readFileSync(join(FOLDER, name)))));

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

const frameOf = (opcode: number, payload: Bytes): Bytes =>
  buildWebSocketFrame({ fin: true, rsv: 0, opcode, lengthBits: 7, payload });

function connectionOf(id: number) {
  const client = { address: '10.0.0.1', port: 40_000 + id };
  const server = { address: '10.1.0.1', port: 3000 };
  const stamp = { seq: id, at: micros(0), connection: id };
  const made = new ExportedConnection(id, { ...stamp, kind: 'open', lane: '', client, server });
  const bytesOf = (packets: readonly Packet[]) => packets.map(({ bytes }) => bytes);
  return {
    open: () => bytesOf(made.open()),
    say: (direction: Direction, said: string | Bytes) =>
      bytesOf(made.chunk(direction, typeof said === 'string' ? encodeUtf8(said) : said)),
  };
}

describe('rows that are read quickly', { timeout: 120_000 }, () => {
  it('are those of the whole analysis, of every recorded capture', () => {
    let skimmed = 0;
    for (const file of FILES) skimmed += compared(file).skimmed;
    expect(skimmed).toBeGreaterThan(100);
  });

  it('are the same of ordinary traffic, nearly all of it skimmed', () => {
    let [skimmed, readInFull] = [0, 0];
    for (let seed = 1; seed <= 100; seed++) {
      const counts = compared(raw(randomTraffic(seeded(seed), 0)));
      skimmed += counts.skimmed;
      readInFull += counts.readInFull;
    }
    expect(skimmed).toBeGreaterThan(15 * readInFull);
  });

  it('are the same of rare and wrong messages', () => {
    let [skimmed, readInFull] = [0, 0];
    for (let seed = 1; seed <= 140; seed++) {
      const counts = compared(raw(randomTraffic(seeded(seed), (seed % 10) / 20)));
      skimmed += counts.skimmed;
      readInFull += counts.readInFull;
    }
    expect(Math.min(skimmed, readInFull)).toBeGreaterThan(50);
  });

  it('are the same where two connections of a session speak at once about binary data', () => {
    const [socket, poll] = [connectionOf(1), connectionOf(2)];
    const target = '/socket.io/?EIO=4&sid=s1&transport=';
    const file = raw([
      ...socket.open(),
      ...poll.open(),
      ...socket.say('up', `GET ${target}websocket HTTP/1.1\r\n${UPGRADE}\r\n`),
      ...socket.say('down', `HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}\r\n`),
      ...socket.say('down', frameOf(1, encodeUtf8('451-["file",{"_placeholder":true,"num":0}]'))),
      ...poll.say('up', `GET ${target}polling HTTP/1.1\r\n\r\n`),
      ...poll.say('down', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n42["a"]'),
      ...socket.say('down', frameOf(2, Uint8Array.of(1, 2, 3))),
    ]);
    expect(compared(file)).toEqual({ skimmed: 0, readInFull: 2 });
    expect(fullRows(file).map(({ summary }) => summary)).toContain('binary data');
  });

  it('are the same of packets that were lost, doubled, late, cut or changed', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const random = seeded(seed);
      const traffic = randomTraffic(random, (seed % 4) / 20);
      compared(raw(damaged(random, traffic, random() ** 2 / 2)));
    }
  });

  it('are the same of recorded captures after damage', () => {
    for (const [seed, file] of FILES.entries()) {
      const random = seeded(seed);
      const packets = file.packets.map(({ start, end }) => file.bytes.subarray(start, end));
      const linkType = file.packets[0]?.linkType ?? LINK.raw;
      const some = damaged(random, packets.slice(0, 400), 0.1);
      compared(readPacketFile(pcapFile(some, { isLittle: true, isNano: true, linkType })));
    }
  });
});
