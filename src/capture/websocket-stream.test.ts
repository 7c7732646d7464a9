// WebSocket on an upgraded connection: messages, fragments and control frames.

import { describe, expect, it } from 'vitest';
import type { Bytes } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { fieldValue } from '../wire/layer.ts';
import { buildWebSocketFrame } from '../wire/websocket.ts';
import type { Capture } from './capture.ts';
import { captureOf, down, recordsOf, type Said, UPGRADE, up } from './testing/records.ts';
import { unexplained } from './unexplained.ts';

const KEY = Uint8Array.of(1, 2, 3, 4);

function frame(opcode: number, said: string | Bytes, fin = true): Bytes {
  const payload = typeof said === 'string' ? encodeUtf8(said) : said;
  return buildWebSocketFrame({
    fin,
    rsv: 0,
    opcode,
    lengthBits: payload.length > 125 ? 16 : 7,
    payload,
  });
}

function masked(opcode: number, said: string | Bytes, fin = true): Bytes {
  const payload = typeof said === 'string' ? encodeUtf8(said) : said;
  return buildWebSocketFrame({ fin, rsv: 0, opcode, maskingKey: KEY, lengthBits: 7, payload });
}

const upgraded = (...said: Said[]): Capture => captureOf(recordsOf([...UPGRADE, ...said]));
const summaries = ({ frames }: Capture): string[] =>
  frames.slice(2).map(({ layers }) => layers.map(({ summary }) => summary).join(' | '));
const problems = ({ frames }: Capture): string[] =>
  frames.flatMap(({ layers }) => layers.flatMap((layer) => layer.problems.map(({ code }) => code)));

describe('messages', () => {
  it('a masked one shows its plain bytes', () => {
    const capture = upgraded(up(masked(1, '2probe')), down(frame(1, '3probe')));
    expect(summaries(capture)).toEqual([
      'text 6 bytes | ping "probe"',
      'text 6 bytes | pong "probe"',
    ]);
    expect(capture.frames[2]?.sources.map(({ origin }) => origin)).toEqual(['wire', 'unmasked']);
    expect(capture.pairs.filter(({ kind }) => kind === 'ping-pong')).toHaveLength(1);
  });

  it('pieces are put together on the last one, with a ping between them', () => {
    const capture = upgraded(
      up(masked(1, '42["he', false)),
      up(masked(9, 'x')),
      down(frame(10, 'x')),
      up(masked(0, 'llo"', false)),
      up(masked(0, ']')),
    );
    expect(summaries(capture).at(-1)).toBe(
      'continuation 1 byte | payload, 1 byte | message | event "hello"',
    );
    const last = capture.frames.at(-1);
    expect(last?.sources.map(({ origin }) => origin)).toEqual(['wire', 'unmasked', 'reassembled']);
    expect(problems(capture)).toEqual([]);
    expect(capture.pairs.map(({ kind }) => kind)).toEqual(['request-response', 'ping-pong']);
    for (const one of capture.frames) expect(unexplained(one)).toEqual([]);
  });

  it('binary ones are the attachments that a packet announced', () => {
    const capture = upgraded(
      down(frame(1, '451-["photo",{"_placeholder":true,"num":0}]')),
      down(frame(2, KEY)),
    );
    expect(summaries(capture)).toEqual([
      'text 43 bytes | message | event "photo"',
      'binary 4 bytes | binary message | attachment 1 of 1, 4 bytes',
    ]);
  });

  it('the application’s own are its own', () => {
    const request = UPGRADE[0].bytes;
    const plain = up(new TextDecoder().decode(request).replace('EIO=4', 'EIO=x'));
    const capture = captureOf(
      recordsOf([plain, UPGRADE[1], down(frame(1, 'hello')), up(masked(2, KEY))]),
    );
    const [text, binary] = capture.frames.slice(2).map(({ layers }) => layers);
    expect(text?.[0] && fieldValue(text[0], 'websocket.payload.text')).toBe('hello');
    expect(binary?.[1] && fieldValue(binary[1], 'websocket.payload.binary')).toBe('4 bytes');
  });
});

describe('control frames', () => {
  it('a close says why', () => {
    const payload = Uint8Array.of(0x03, 0xe9, ...encodeUtf8('bye'));
    const capture = upgraded(down(frame(8, payload)), up(masked(8, payload)));
    const [plain, hidden] = capture.frames.slice(2).map(({ layers }) => layers.at(-1));
    for (const layer of [plain, hidden]) {
      expect(layer && fieldValue(layer, 'websocket.payload.close.status_code')).toBe(1001);
      expect(layer && fieldValue(layer, 'websocket.payload.close.reason')).toBe('bye');
    }
    expect(summaries(capture)[0]).toBe('close 1001 going away');
  });
});

describe('what breaks the rules', () => {
  it.each([
    { name: 'a continuation of nothing', said: [frame(0, 'x')], code: 'websocket/bad-fragment' },
    {
      name: 'a message within a message',
      said: [frame(1, '4', false), frame(1, '2')],
      code: 'websocket/bad-fragment',
    },
    {
      name: 'text that is no UTF-8',
      said: [frame(1, Uint8Array.of(0x34, 0xff))],
      code: 'websocket/bad-utf8',
    },
    { name: 'half a close code', said: [frame(8, 'x')], code: 'websocket/short-close' },
    { name: 'no Engine.IO packet', said: [frame(1, 'x')], code: 'engineio/bad-type' },
    {
      name: 'bytes that nobody announced',
      said: [frame(2, 'x')],
      code: 'socketio/unexpected-binary',
    },
    { name: 'half a frame', said: [frame(1, '2').subarray(0, 2)], code: 'websocket/truncated' },
    { name: 'a reserved opcode', said: [frame(3, 'x')], code: 'websocket/reserved-opcode' },
  ])('$name', ({ said, code }) => {
    const capture = upgraded(...said.map(down));
    expect(problems(capture)).toContain(code);
    for (const one of capture.frames) expect(unexplained(one)).toEqual([]);
  });

  it('a frame that claims too much ends the reading', () => {
    const capture = upgraded(down(Uint8Array.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0)), down('rest'));
    expect(problems(capture)).toEqual(['websocket/too-big', 'websocket/out-of-step']);
    for (const one of capture.frames) expect(unexplained(one)).toEqual([]);
  });
});
