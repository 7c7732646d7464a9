// Packets that were seen at both ends of a link, as a pcapng file with an interface for each end, and back.
// A packet that was lost stands at its sender's end only. The comments say which two belong together.

import { type Bytes, concat } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { type Micros, micros } from '../lib/time.ts';
import { LINK } from './link-types.ts';
import type { PacketRecord } from './packets.ts';
import { writeInterface, writePacket, writeSection } from './pcapng-blocks.ts';
import { readPcapngFile } from './pcapng-read.ts';

const LINE =
  /^wirelight packet=(\d{1,9}) (left|arrived) from=([a-z]{1,20}) to=([a-z]{1,20}) waited=(\d{1,12}) lost=(.{0,40})$/;

interface Sight {
  readonly at: Micros;
  readonly block: Bytes;
}

/** `ends`: the names of the hosts, the client first. `comment` is about the file as a whole. */
export function writeTransitFile(
  records: readonly PacketRecord[],
  ends: readonly [string, string],
  comment: string,
): Bytes {
  const sights = records.flatMap((record, n): readonly Sight[] => {
    const { from, to, leftAt, arrivedAt, bytes, arrivedBytes = bytes } = record;
    const sight = (at: Micros, what: 'left' | 'arrived', host: string, packet: Bytes): Sight => ({
      at,
      block: writePacket(at, packet, commentOf(record, n, what), Math.max(0, ends.indexOf(host))),
    });
    const left = sight(leftAt, 'left', from, bytes);
    return arrivedAt === undefined ? [left] : [left, sight(arrivedAt, 'arrived', to, arrivedBytes)];
  });
  sights.sort((a, b) => a.at - b.at);
  const interfaces = ends.map((name) => writeInterface(LINK.raw, name));
  const blocks = sights.map(({ block }) => block);
  return concat(writeSection(comment), ...interfaces, join(blocks));
}

function commentOf(record: PacketRecord, n: number, what: 'left' | 'arrived'): string {
  const { from, to, waited, lostTo = '', why } = record;
  const way = `from=${from} to=${to} waited=${Math.round(waited)} lost=${lostTo}`;
  return `wirelight packet=${n} ${what} ${way}\nObserved: ${why}.`;
}

/** What can be read, in the order in which it left; foreign packets are passed over. */
export function readTransitFile(bytes: Bytes): readonly PacketRecord[] {
  const file = readPcapngFile(bytes);
  const found = new Map<number, PacketRecord>();
  for (const packet of file.packets) {
    const [line = '', said = ''] = file.commentOf(packet).split('\n');
    const [, n, what, from, to, waited, lostTo] = LINE.exec(line) ?? [];
    if (from === undefined || to === undefined) continue;
    const at = micros(packet.at);
    const held = bytes.subarray(packet.start, packet.end);
    const known = found.get(Number(n));
    if (what === 'left') {
      const why = said.replace(/^Observed: |\.$/g, '');
      const base = { from, to, leftAt: at, waited: Number(waited), why, bytes: held };
      found.set(Number(n), { ...base, ...(lostTo && { lostTo }) });
    } else if (known) {
      const isChanged = !isSame(known.bytes, held);
      found.set(Number(n), { ...known, arrivedAt: at, ...(isChanged && { arrivedBytes: held }) });
    }
  }
  return [...found.values()].sort((a, b) => a.leftAt - b.leftAt);
}

const isSame = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
