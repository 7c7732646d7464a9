import { decodePacket, decodePayload, encodePacket, encodePayload } from 'engine.io-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../lib/utf8.ts';
import {
  buildEngineIo,
  buildPayload,
  dissectAnswer,
  dissectEngineIo,
  packetRanges,
  readEngineIo,
} from './engineio.ts';
import { ENGINEIO_TYPES } from './engineio-fields.ts';
import type { FieldSpec } from './layer.ts';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme' }).map((text) => `4${text}`),
  fc.constantFrom('', '2probe', '3probe', '5', '7', ':', '4'),
);

const packets = fc.oneof(
  fc.record({
    type: fc.constantFrom(...ENGINEIO_TYPES),
    data: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\x1e')),
  }),
  fc.record({ type: fc.constant('message' as const), data: fc.uint8Array() }),
);

it('agrees with engine.io-parser on any text', () => {
  fc.assert(
    fc.property(
      texts.filter((text) => !text.startsWith('b')),
      (text) => {
        const judge = decodePacket(text);
        const ours = readEngineIo(encodeUtf8(text));
        expect(ours?.type ?? 'error').toBe(judge.type);
        if (ours) expect(ours.data).toBe(judge.data ?? '');
        if (ours) expect(buildEngineIo(ours)).toEqual(encodeUtf8(text));
      },
    ),
  );
});

it('reads bytes from base64 as engine.io-parser writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (data) => {
      encodePacket({ type: 'message', data: Buffer.from(data) }, false, (text: string) => {
        expect(readEngineIo(encodeUtf8(text))).toEqual({ type: 'message', data });
        expect(buildEngineIo({ type: 'message', data })).toEqual(encodeUtf8(text));
      });
    }),
  );
});

it('builds and splits a body as engine.io-parser does', () => {
  fc.assert(
    fc.property(fc.array(packets, { minLength: 1, maxLength: 5 }), (list) => {
      const body = buildPayload(list);
      const forJudge = list.map(({ type, data }) => ({
        type,
        data: typeof data === 'string' ? data : Buffer.from(data),
      }));
      encodePayload(forJudge, (text) => expect(body).toEqual(encodeUtf8(text)));
      const ranges = packetRanges(body, [0, body.length]);
      expect(ranges.map(([start, end]) => readEngineIo(body.subarray(start, end)))).toEqual(list);
      expect(decodePayload(new TextDecoder().decode(body))).toHaveLength(list.length);
    }),
  );
});

describe('the handshake', () => {
  const handshake =
    '0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

  it('has a field for each setting, and none left over', () => {
    const bytes = encodeUtf8(handshake);
    const { fields, sid } = dissectEngineIo(bytes, [0, bytes.length], true);
    expect(sid).toBe('lv_VI97HAXpY6yYWAAAC');
    const isSetting = ({ key }: FieldSpec): boolean => !/name|punctuation|type/.test(key);
    expect(
      fields.filter(({ spec }) => isSetting(spec)).map(({ spec, value }) => [spec.key, value]),
    ).toEqual([
      ['engineio.sid', 'lv_VI97HAXpY6yYWAAAC'],
      ['engineio.upgrades', '["websocket"]'],
      ['engineio.ping_interval', 25000],
      ['engineio.ping_timeout', 20000],
      ['engineio.max_payload', 1000000],
    ]);
    let at = 0;
    for (const { range } of fields) {
      expect(range[0]).toBe(at);
      [, at] = range;
    }
    expect(at).toBe(bytes.length);
  });

  it.each(['0', '0{', '0{}', '0{"sid":1}', '0[]'])('is refused when it is %j', (text) => {
    const bytes = encodeUtf8(text);
    const { problems } = dissectEngineIo(bytes, [0, bytes.length], true);
    expect(problems.map(({ code }) => code)).toEqual(['engineio/bad-handshake']);
  });
});

it('reads the answers that are no packets', () => {
  const answer = (text: string) => dissectAnswer(encodeUtf8(text), [0, text.length])?.summary;
  expect(answer('ok')).toBe('ok');
  expect(answer('{"code":1,"message":"Session ID unknown"}')).toBe('refused: Session ID unknown');
  expect(answer('<html>')).toBeUndefined();
});

it('takes no more packets out of a body than can be shown', () => {
  const body = new Uint8Array(1_000_000).fill(0x1e);
  expect(packetRanges(body, [0, body.length])).toHaveLength(10_001);
});
