// The IP packets of a lab's own connections, by tcpdump at the server's interfaces: only where the server has
// the right to, for some seconds, and nobody else's. Every failure means: nothing is seen.

import { type ChildProcess, spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { addressText, ipParts, linkPayload, tcpHeader } from '../../src/capture/packet-headers.ts';
import type { Direction, Opened } from '../../src/capture/record.ts';
import type { Bytes } from '../../src/lib/bytes.ts';
import type { Lab } from './lab.ts';
import { PcapReader, type ReadPacket } from './pcap-reader.ts';

export const PACKET_WATCH = {
  /** Watches at a time, over all labs. */
  atOnce: 4,
  ms: 8_000,
  packets: 300,
  bytes: 512_000,
  /** How long tcpdump may take to begin. */
  startMs: 2_000,
};

type Start = (filter: string) => ChildProcess;

const startTcpdump: Start = (filter) =>
  spawn(
    'tcpdump',
    ['-i', 'any', '-p', '-n', '-U', '--immediate-mode', '-s', '65535', '-w', '-', filter],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );

export class PacketWatch {
  readonly #port: () => number;
  readonly #start: Start;
  readonly #running = new Map<string, ChildProcess>();
  /** Asked once: the right does not come later. */
  #isImpossible = process.platform !== 'linux';

  /** `port` is where the labs listen. */
  constructor(port: () => number, start: Start = startTcpdump) {
    this.#port = port;
    this.#start = start;
  }

  /** Resolves when packets are seen from now on, with true, or when they will not be. */
  async watch(lab: Lab, address: string): Promise<boolean> {
    if (this.#running.has(lab.id)) return true;
    if (this.#isImpossible || this.#running.size >= PACKET_WATCH.atOnce) return false;
    const child = this.#start(filterOf(this.#port(), address));
    this.#running.set(lab.id, child);
    const end = setTimeout(() => child.kill('SIGKILL'), PACKET_WATCH.ms);
    child.once('close', () => {
      clearTimeout(end);
      this.#running.delete(lab.id);
    });
    const isThere = await hasBegun(child);
    if (!isThere) {
      // It could not be started, or ended at once. One that was only slow may be quicker the next time.
      this.#isImpossible = child.pid === undefined || child.exitCode !== null;
      child.kill('SIGKILL');
      return false;
    }
    const hand = handTo(lab);
    const reader = new PcapReader();
    child.stdout?.on('data', (piece: Buffer) => {
      for (const packet of reader.push(piece)) if (!hand(packet)) child.kill('SIGKILL');
    });
    return true;
  }

  /** Ends all of them. */
  close(): void {
    for (const child of this.#running.values()) child.kill('SIGKILL');
  }
}

/** An address that is none, as behind some proxies, leaves the port alone to tell. */
function filterOf(port: number, address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  const isHere = plain === '127.0.0.1' || plain === '::1';
  // One name of this computer may be reached by both.
  const hosts = isHere ? ['127.0.0.1', '::1'] : isIP(plain) ? [plain] : [];
  const where = hosts.map((host) => `host ${host}`).join(' or ');
  return `tcp port ${port}${where === '' ? '' : ` and (${where})`}`;
}

function hasBegun(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), PACKET_WATCH.startMs);
    const is = (answer: boolean) => () => {
      clearTimeout(late);
      resolve(answer);
    };
    child.once('error', is(false));
    child.once('close', is(false));
    let said = '';
    child.stderr?.on('data', (words: Buffer) => {
      said = (said + words).slice(-1_000);
      if (said.includes('listening on')) is(true)();
    });
  });
}

/** Gives the lab what is of its own connections. False when that was enough. */
function handTo(lab: Lab): (packet: ReadPacket) => boolean {
  const connections = new Map<string, number>();
  let count = 0;
  let bytes = 0;
  const connectionOf = (client: string): number | undefined => {
    if (!connections.has(client)) {
      for (const record of lab.tap.ring.all()) {
        if (record.kind === 'open') connections.set(keyOf(record), record.connection);
      }
    }
    return connections.get(client);
  };
  return (packet) => {
    const seen = readPacket(packet);
    const connection = seen && connectionOf(seen.key);
    if (!seen || connection === undefined) return true;
    lab.tap.packet(connection, seen.direction, seen.bytes);
    count++;
    bytes += seen.bytes.length;
    return count < PACKET_WATCH.packets && bytes < PACKET_WATCH.bytes;
  };
}

const keyOf = ({ client, server }: Pick<Opened, 'client' | 'server'>): string =>
  `${client.address} ${client.port} ${server.address} ${server.port}`;

/** Each packet is seen twice inside one computer: where it leaves and where it arrives. */
const ARRIVES = 'to this host';
const LEAVES = 'sent by this host';

function readPacket({ linkType, bytes, way }: ReadPacket) {
  const link = linkPayload(linkType, bytes, 0, bytes.length);
  const ip = link && ipParts(bytes, link.at, bytes.length);
  const header = ip && tcpHeader(bytes, ip.payloadAt, ip.end);
  if (!ip || !header || ip.isFragment) return undefined;
  const from = { address: addressText(bytes, ip, 'source'), port: header.sourcePort };
  const to = { address: addressText(bytes, ip, 'destination'), port: header.destinationPort };
  const seen = (direction: Direction, key: string) => ({
    direction,
    key,
    bytes: bytes.slice(ip.start, ip.end) as Bytes,
  });
  if (way === ARRIVES) return seen('up', keyOf({ client: from, server: to }));
  if (way === LEAVES) return seen('down', keyOf({ client: to, server: from }));
  return undefined;
}
