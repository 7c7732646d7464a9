// A capture of Socket.IO traffic of any size, as tcpdump would write it: what the dissectors are measured
// with. Connections begin by HTTP long-polling and upgrade to WebSocket, or use WebSocket at once.

import { ExportedConnection, type Packet } from '../src/capture/export-packets.ts';
import type { Direction } from '../src/capture/record.ts';
import { concat } from '../src/lib/bytes.ts';
import { micros } from '../src/lib/time.ts';
import { encodeUtf8 } from '../src/lib/utf8.ts';
import { buildWebSocketFrame } from '../src/wire/websocket.ts';

const KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const ETHERNET = Uint8Array.of(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0);
/** Packets of one connection, at most. */
const EACH = 2000;

/** A pcap file of exactly so many Ethernet frames. */
export function socketIoCapture(count: number): Uint8Array {
  const packets: Packet[] = [];
  for (let id = 1; packets.length < count; id++) packets.push(...session(id));
  return pcap(packets.slice(0, count).map(({ bytes }) => concat(ETHERNET, bytes)));
}

function session(id: number): Packet[] {
  const ends = {
    client: { address: `10.0.${(id >> 8) & 255}.${id & 255}`, port: 40_000 + (id % 20_000) },
    server: { address: '10.1.0.1', port: 3000 },
  };
  const stamp = { seq: id, at: micros(0), connection: id };
  const connection = new ExportedConnection(id, { ...stamp, kind: 'open', lane: '', ...ends });
  const packets = connection.open();
  const say = (direction: Direction, bytes: Uint8Array) =>
    packets.push(...connection.chunk(direction, bytes));
  const sid = `s${String(id).padStart(19, '0')}`;
  const open = `0{"sid":"${sid}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`;
  if (id % 2 === 0) {
    say('up', request('GET', 'polling', undefined, ''));
    say('down', answer(open));
    say('up', request('POST', 'polling', sid, '40'));
    say('down', answer('ok'));
    while (packets.length < EACH) {
      say('up', request('GET', 'polling', sid, ''));
      say('down', answer(`42["note",{"n":${packets.length},"text":"a note to everybody"}]`));
      say('up', request('POST', 'polling', sid, `42["note",{"n":${packets.length}}]`));
      say('down', answer('ok'));
    }
  } else {
    say('up', request('GET', 'websocket', undefined, ''));
    say('down', encodeUtf8(SWITCH));
    say('down', frame(open, false));
    say('up', frame('40', true));
    say('down', frame(`40{"sid":"${sid}"}`, false));
    while (packets.length < EACH) {
      say('up', frame(`42["note",{"n":${packets.length},"text":"a note to everybody"}]`, true));
      say('down', frame(`42["note",{"n":${packets.length},"text":"a note to everybody"}]`, false));
    }
  }
  return packets;
}

const SWITCH =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

function request(
  method: 'GET' | 'POST',
  transport: 'polling' | 'websocket',
  sid: string | undefined,
  body: string,
): Uint8Array {
  const query = `EIO=4&transport=${transport}${sid === undefined ? '' : `&sid=${sid}`}`;
  const lines = [
    `${method} /socket.io/?${query} HTTP/1.1`,
    'Host: 10.1.0.1:3000',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    'Accept: */*',
    'Accept-Language: en-GB,en;q=0.9',
    ...(transport === 'websocket'
      ? [
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ]
      : ['Connection: keep-alive']),
    ...(method === 'POST'
      ? ['Content-Type: text/plain;charset=UTF-8', `Content-Length: ${body.length}`]
      : []),
  ];
  return encodeUtf8(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const answer = (body: string): Uint8Array =>
  encodeUtf8(
    `HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body}`,
  );

function frame(text: string, isMasked: boolean): Uint8Array {
  const payload = encodeUtf8(text);
  const lengthBits = payload.length < 126 ? 7 : 16;
  const head = { fin: true, rsv: 0, opcode: 1, lengthBits } as const;
  return buildWebSocketFrame(
    isMasked ? { ...head, maskingKey: KEY, payload } : { ...head, payload },
  );
}

/** Little-endian, in microseconds, 10 µs apart. */
function pcap(packets: readonly Uint8Array[]): Uint8Array {
  const size = packets.reduce((sum, { length }) => sum + 16 + length, 24);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const header = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1];
  for (const [i, word] of header.entries()) view.setUint32(4 * i, word, true);
  let at = 24;
  for (const [i, packet] of packets.entries()) {
    const time = i * 10;
    const words = [
      1_700_000_000 + Math.floor(time / 1e6),
      time % 1e6,
      packet.length,
      packet.length,
    ];
    for (const [j, word] of words.entries()) view.setUint32(at + 4 * j, word, true);
    bytes.set(packet, at + 16);
    at += 16 + packet.length;
  }
  return bytes;
}
