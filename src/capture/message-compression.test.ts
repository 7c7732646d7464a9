// permessage-deflate as the library ws speaks it, both ways, and what a hostile end could say instead.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Bytes } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { fieldOf, fieldValue } from '../wire/layer.ts';
import { MessageInflater } from '../wire/permessage-deflate.ts';
import { buildWebSocketFrame } from '../wire/websocket.ts';
import type { Capture, Frame } from './capture.ts';
import { startRecordingProxy } from './testing/recording-proxy.ts';
import { captureOf, down, recordsOf, type Said, UPGRADE, up } from './testing/records.ts';
import { unexplained } from './unexplained.ts';

const WORDS = 'the tram leaves the harbour and returns to the harbour at noon'.split(' ');
/** Messages with much in common, as those of one program have; and some that have nothing. */
const MESSAGES = [
  ...Array.from({ length: 12 }, (_, i) => `${i} ${WORDS.slice(i % 5).join(' ')}`),
  '',
  'x'.repeat(70_000),
  Array.from({ length: 3_000 }, (_, i) => String.fromCharCode(33 + ((i * i * 7919) % 90))).join(''),
  WORDS.join(' '),
];

/** What ws says when both ends send all messages, the client each in three pieces. */
async function spoken(options: object): Promise<Capture> {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: { ...options, threshold: 0 },
  });
  const heard: string[] = [];
  const isOver = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      for (const message of MESSAGES) socket.send(message);
      socket.on('message', (data) => {
        heard.push(String(data));
        if (heard.length === MESSAGES.length) socket.close(1000);
      });
      socket.on('close', () => resolve());
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy = await startRecordingProxy((http.address() as AddressInfo).port);
  const client = new WebSocket(`ws://127.0.0.1:${proxy.port}`, {
    perMessageDeflate: { ...options, threshold: 0 },
  });
  client.on('open', () => {
    for (const message of MESSAGES) {
      const cuts = [0, Math.floor(message.length / 3), Math.floor(message.length / 2)];
      const pieces = cuts.map((from, i) => message.slice(from, cuts[i + 1]));
      for (const [i, piece] of pieces.entries()) {
        client.send(piece, { fin: i === 2, compress: true });
      }
    }
  });
  await isOver;
  expect(heard).toEqual(MESSAGES);
  await proxy.close();
  server.close();
  http.close();
  return captureOf(proxy.records);
}

const isMessage = ({ layers: [first] }: Frame): boolean =>
  first?.protocol === 'websocket' &&
  fieldValue(first, 'websocket.fin') === true &&
  Number(fieldValue(first, 'websocket.opcode')) < 8;

const plainOf = ({ sources }: Frame): string => {
  const last = sources.at(-1);
  expect(last?.origin).toBe('inflated');
  return new TextDecoder().decode(last?.bytes);
};

const problems = ({ frames }: Capture): string[] =>
  frames.flatMap(({ layers }) => layers.flatMap((layer) => layer.problems.map(({ code }) => code)));

describe.each([
  ['with context takeover', {}],
  ['without, on both sides', { serverNoContextTakeover: true, clientNoContextTakeover: true }],
  ['with small windows', { serverMaxWindowBits: 9, clientMaxWindowBits: 9 }],
  ['without, from the server only', { serverNoContextTakeover: true }],
])('what ws compresses %s', (_, options) => {
  it('is inflated in both directions, whole and in pieces, and every byte is explained', async () => {
    const capture = await spoken(options);
    for (const direction of ['up', 'down'] as const) {
      const said = capture.frames.filter((one) => one.direction === direction && isMessage(one));
      expect(said.map(plainOf)).toEqual(MESSAGES);
    }
    expect(problems(capture)).toEqual([]);
    for (const frame of capture.frames) expect(unexplained(frame)).toEqual([]);
  });
});

describe('the handshake', () => {
  it('shows each parameter that was offered and accepted', async () => {
    const capture = await spoken({ clientMaxWindowBits: 10, serverNoContextTakeover: true });
    const [request, answer] = capture.frames.map(({ layers }) => layers[0]);
    expect(request && fieldOf(request, 'websocket.extension.name')?.value).toBe(
      'permessage-deflate',
    );
    const agreed = answer && fieldOf(answer, 'websocket.extension.client_max_window_bits');
    expect(agreed).toMatchObject({ value: '10', meaning: '1024 bytes back' });
    const bytes = capture.frames[1]?.sources[0]?.bytes.subarray(...(agreed?.range ?? [0, 0]));
    expect(new TextDecoder().decode(bytes)).toBe('client_max_window_bits=10');
    expect(answer && fieldValue(answer, 'websocket.extension.server_no_context_takeover')).toBe(
      true,
    );
  });
});

const AGREED = [
  UPGRADE[0],
  down(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  ),
] as const;

const frame = (payload: Bytes, rsv = 4, opcode = 1, fin = true): Bytes =>
  buildWebSocketFrame({
    fin,
    rsv,
    opcode,
    lengthBits: payload.length > 0xffff ? 64 : payload.length > 125 ? 16 : 7,
    payload,
  });
/** RFC 7692 §7.2.1: an empty stored block at the end, without its last four bytes. */
const packed = (text: string | Bytes): Bytes => {
  const zipped = deflateRawSync(typeof text === 'string' ? encodeUtf8(text) : text, {
    finishFlush: 2,
  });
  return zipped.subarray(0, zipped.length - 4);
};
const agreed = (...said: Said[]): Capture => captureOf(recordsOf([...AGREED, ...said]));
const HELLO = packed('42["hello"]');

describe('what breaks the rules', () => {
  it('an example of the RFC: a block that is the last one, and a message after it', () => {
    // §7.2.3.4 and §7.2.3.1: “Hello” with BFINAL set, then as usual.
    const last = Uint8Array.of(0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00);
    const usual = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);
    const back = Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00);
    const inflater = new MessageInflater({ keepsContext: true, isLate: false });
    for (const message of [last, usual, back]) {
      expect(inflater.inflate(message)).toEqual({ bytes: encodeUtf8('Hello') });
    }
  });

  it.each([
    ['a bomb', [frame(packed(new Uint8Array(30_000_000)))], 'websocket/inflated-too-big'],
    ['no DEFLATE', [frame(Uint8Array.of(0x07, 0xff, 0xff))], 'websocket/bad-compression'],
    ['half a message', [frame(HELLO.subarray(0, 5))], 'websocket/bad-compression'],
    [
      'a message after one that was broken',
      [frame(Uint8Array.of(0x07)), frame(Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00))],
      'websocket/lost-context',
    ],
    ['RSV1 on a ping', [frame(encodeUtf8('x'), 4, 9)], 'websocket/reserved-bits'],
    ['RSV2', [frame(encodeUtf8('2'), 2)], 'websocket/reserved-bits'],
    [
      'RSV1 on a continuation',
      [frame(HELLO.subarray(0, 4), 4, 1, false), frame(HELLO.subarray(4), 4, 0)],
      'websocket/reserved-bits',
    ],
  ])('%s', (_, said, code) => {
    const capture = agreed(...said.map(down));
    expect(problems(capture)).toContain(code);
    for (const one of capture.frames) expect(unexplained(one)).toEqual([]);
  });

  it('RSV1 where nothing was agreed on', () => {
    const capture = captureOf(recordsOf([...UPGRADE, down(frame(HELLO))]));
    expect(problems(capture)).toContain('websocket/reserved-bits');
    expect(capture.frames[2]?.sources.map(({ origin }) => origin)).toEqual(['wire']);
  });

  it('a thousand small bombs do not fill the memory', () => {
    const bomb = packed(new Uint8Array(4_000_000));
    const inflater = new MessageInflater({ keepsContext: false, isLate: false });
    let size = 0;
    for (let i = 0; i < 1_000; i++) {
      const result = inflater.inflate(bomb);
      if ('bytes' in result) size += result.bytes.length;
      else expect(result).toEqual({ failure: 'too-big' });
    }
    expect(size).toBeGreaterThan(4_000_000);
    expect(size).toBeLessThanOrEqual(1 << 25);
  });

  it('any damage gives frames whose every byte is explained, and never throws', () => {
    const whole = [HELLO, packed('42["hello again"]')].map((bytes) => frame(bytes));
    const length = whole.reduce((sum, { length }) => sum + length, 0);
    fc.assert(
      fc.property(fc.nat(length - 1), fc.nat(255), fc.boolean(), (at, byte, isUp) => {
        const bytes = Uint8Array.from(whole.flatMap((one) => [...one]));
        bytes[at] = byte;
        const capture = agreed(isUp ? up(bytes) : down(bytes));
        for (const one of capture.frames) expect(unexplained(one)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

it('a capture that begins later reads what points into nothing that it lacks', () => {
  const records = recordsOf([
    ...AGREED,
    down(frame(HELLO)),
    down(frame(Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00))),
    down(frame(packed('42["whole"]'))),
  ]).slice(4);
  const capture = captureOf(records);
  expect(problems(capture)).toEqual(['websocket/lost-context']);
  expect(plainOf(capture.frames[1] as Frame)).toBe('42["whole"]');
  expect(capture.frames[1]?.layers.at(-1)?.summary).toBe('event "whole"');
});
