// Socket.IO over HTTP and WebSocket as chance would have it: common and rare messages, cut into segments
// anywhere. For tests only.

import { type Bytes, concat } from '../../lib/bytes.ts';
import { join } from '../../lib/join.ts';
import { micros } from '../../lib/time.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { buildWebSocketFrame } from '../../wire/websocket.ts';
import { ExportedConnection } from '../export-packets.ts';
import type { Direction } from '../record.ts';

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

const COMMON = [
  '42["note",{"n":1,"text":"a note"}]',
  '42["note",{"n":-2.5e3,"all":[true,null,[],{}]}]',
  '42["a much longer name of an event than is shown in a line"]',
  '42/chat,["said","hello"]',
  '42/a-namespace-that-is-long,17["said",[1,2]]',
  '4213["ask"]',
  '4313["answer",{"ok":true}]',
  '43/chat,2[]',
  '42["esc","\\"quoted\\"\\n"]',
  '40{"sid":"abc"}',
  '40/chat,',
  '41',
  '44{"message":"no"}',
  '2',
  '3',
  '2probe',
  '3probe',
  '5',
  '6',
  '1',
];
/** Rare or wrong, and told in full or by the same words. */
const RARE = [
  '42["émoji 😀",1]',
  '42["e\\u0301",1]',
  '42["e\\"",1]',
  '42[7,"number"]',
  '42[]',
  '42["open",',
  '42{"no":"list"}',
  '42/chat?token=1,["said"]',
  '42/chat',
  '421234567890123456["x"]',
  '42 ["space"]',
  '43["x"] ',
  '43{"a":1}',
  '4',
  '',
  '9',
  '47["no type"]',
  '42["a"]x',
  '4201["zero"]',
  '42["nul\u0001"]',
];
const BINARY = '451-["file",{"_placeholder":true,"num":0}]';

/** How often something rare is said, from 0 to 1. */
function anyPacket(random: Random, rarity: number): string {
  return pick(random, random() < rarity ? RARE : COMMON);
}

const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

function frame(random: Random, direction: Direction, rarity: number): Bytes {
  const isMasked = direction === 'up';
  const make = (opcode: number, payload: Bytes, fin = true, rsv = 0) => {
    const lengthBits = payload.length < 126 ? 7 : payload.length < 0x1_0000 ? 16 : 64;
    const head = { fin, rsv, opcode, lengthBits, payload } as const;
    return buildWebSocketFrame(isMasked ? { ...head, maskingKey: KEY } : head);
  };
  if (random() >= rarity) {
    const isLarge = random() < 0.05;
    const text = isLarge ? `42["large","${'x'.repeat(random() * 80_000)}"]` : undefined;
    return make(1, encodeUtf8(text ?? anyPacket(random, 0)));
  }
  const text = encodeUtf8(anyPacket(random, 0.5));
  const rare = [
    () => make(9, encodeUtf8('ping')),
    () => make(10, encodeUtf8('')),
    () => make(8, Uint8Array.of(3, 0xe8, 0x62, 0x79, 0x65)),
    () => make(1, text),
    () => concat(make(1, text.subarray(0, 3), false), make(0, text.subarray(3))),
    () => concat(make(1, encodeUtf8(BINARY)), make(2, Uint8Array.of(1, 2, 3))),
    () => make(1, text, true, 4),
    () => make(2, text),
    () => Uint8Array.of(0x81, 0xff, 1, 0, 0, 0, 0, 0, 0, 0),
  ];
  // The last few end what can be read of a connection, so they are rarer still.
  return pick(random, random() < 0.3 ? rare : rare.slice(0, 4))();
}

const SWITCH =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

function request(random: Random, method: string, target: string, body: string): Bytes {
  const { length } = encodeUtf8(body);
  const more = random() < 0.5 ? 'User-Agent: a\r\n' : 'Accept:*/*\r\nX-Empty:\r\n';
  const size = method === 'POST' ? `Content-Length: ${length}\r\n` : '';
  return encodeUtf8(`${method} ${target} HTTP/1.1\r\nHost: b\r\n${more}${size}\r\n${body}`);
}

function response(status: string, body: string, headers = ''): Bytes {
  const length = `Content-Length: ${encodeUtf8(body).length}\r\n`;
  return encodeUtf8(`HTTP/1.1 ${status}\r\n${headers}${length}\r\n${body}`);
}

type Say = (direction: Direction, bytes: Bytes) => void;

const POLL = '/socket.io/?EIO=4&transport=polling&sid=s1';

function pollOnce(random: Random, say: Say, rarity: number): void {
  const packets = Array.from({ length: 1 + random() * 3 }, () => anyPacket(random, rarity / 2));
  const body = packets.join('\u001e');
  if (random() < 0.5) {
    say('up', request(random, 'POST', POLL, body));
    say('down', response('200 OK', random() < 0.8 ? 'ok' : '{"code":1,"message":"no"}'));
  } else {
    say('up', request(random, 'GET', POLL, ''));
    say('down', response(random() < 0.9 ? '200 OK' : '400 Bad Request', body));
  }
}

const HTTP_ODDITIES: readonly ((random: Random, say: Say) => void)[] = [
  (random, say) => {
    say('up', request(random, 'GET', '/a?b', ''));
    say('down', encodeUtf8('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'));
  },
  (random, say) => {
    say('up', request(random, 'HEAD', '/a', ''));
    say('down', encodeUtf8('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'));
  },
  (random, say) => {
    say('up', concat(request(random, 'GET', '/1', ''), request(random, 'GET', '/2', '')));
    say('down', concat(response('200 OK', 'one'), response('404 ', 'two')));
  },
  (random, say) => {
    say('up', request(random, 'GET', '/chunks', ''));
    say(
      'down',
      encodeUtf8('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'),
    );
  },
  (random, say) => {
    say('up', request(random, 'POST', POLL, 'bAQID'));
    say('down', response('200 OK', 'ok'));
  },
  (random, say) => {
    say('up', request(random, 'GET', '/late', ''));
    say('down', response('100 Continue', ''));
    say('down', response('200 OK', '\u0007', 'Content-Encoding: identity\r\n'));
  },
  (random, say) => {
    say('up', request(random, 'GET', '/close', ''));
    say('down', encodeUtf8('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
  },
];

function session(random: Random, say: Say, rarity: number): void {
  for (let i = 0; i < random() * 6; i++) {
    if (random() < rarity / 2) pick(random, HTTP_ODDITIES)(random, say);
    else pollOnce(random, say, rarity);
  }
  if (random() < 0.4) return;
  const isEngineIo = random() < 0.9;
  const target = isEngineIo ? '/socket.io/?EIO=4&transport=websocket&sid=s1' : '/ws';
  const asks = 'Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n';
  say('up', encodeUtf8(`GET ${target} HTTP/1.1\r\n${asks}\r\n`));
  say('down', random() < 0.9 ? encodeUtf8(SWITCH) : response('400 Bad Request', 'no'));
  for (let i = 0; i < random() * 20; i++) {
    const direction = random() < 0.5 ? 'up' : 'down';
    const count = 1 + random() ** 4 * 8;
    say(direction, join(Array.from({ length: count }, () => frame(random, direction, rarity))));
  }
}

/** The IP packets of a few connections, one after the other in turn. */
export function randomTraffic(random: Random, rarity: number): Bytes[] {
  const connections = Array.from({ length: 1 + random() * 3 }, (_, id) => {
    const ends = {
      client: { address: random() < 0.8 ? '10.0.0.1' : '2001:db8::1', port: 40_000 + id },
      server: { address: '10.1.0.1', port: 3000 },
    };
    const stamp = { seq: id, at: micros(0), connection: id + 1 };
    const exported = new ExportedConnection(id + 1, { ...stamp, kind: 'open', lane: '', ...ends });
    const packets = exported.open();
    session(
      random,
      (direction, bytes) => {
        for (let at = 0; at < bytes.length; ) {
          const size = random() < 0.8 ? bytes.length : 1 + Math.floor(random() * 300);
          packets.push(...exported.chunk(direction, bytes.subarray(at, at + size)));
          at += size;
        }
      },
      rarity,
    );
    const how = random() < 0.7 ? 'fin' : 'reset';
    if (random() < 0.8)
      packets.push(...exported.close({ ...stamp, kind: 'close', by: 'client', how }));
    packets.push(...exported.finish());
    return packets.map(({ bytes }) => bytes);
  });
  const all: Bytes[] = [];
  while (connections.some((packets) => packets.length > 0)) {
    const packets = pick(random, connections);
    all.push(...packets.splice(0, 1 + Math.floor(random() * 6)));
  }
  return all;
}

/** The same packets as a bad capture has them: some gone, twice, later, cut or changed. */
export function damaged(random: Random, packets: readonly Bytes[], rate: number): Bytes[] {
  const all: Bytes[] = [];
  for (const packet of packets) {
    if (random() >= rate) {
      all.push(packet);
      continue;
    }
    const kind = Math.floor(random() * 5);
    if (kind === 0) continue;
    else if (kind === 1) all.push(packet, packet);
    else if (kind === 2)
      all.splice(Math.max(0, all.length - 1 - Math.floor(random() * 4)), 0, packet);
    else if (kind === 3) all.push(packet.subarray(0, random() * packet.length));
    else {
      const changed = packet.slice();
      const at = Math.floor(random() ** 0.5 * packet.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      all.push(changed);
    }
  }
  return all;
}
