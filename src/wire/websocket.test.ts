import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { concat, isSameBytes } from '../lib/bytes.ts';
import {
  buildWebSocketFrame,
  headerProblems,
  readFrameHeader,
  readWebSocketFrame,
} from './websocket.ts';

/** What ws exports and its type declarations leave out. */
interface Parts {
  readonly Sender: { frame(data: Buffer, options: Readonly<Record<string, unknown>>): Buffer[] };
  readonly Receiver: new (options: {
    isServer: boolean;
  }) => {
    write(bytes: Uint8Array): void;
    on(event: 'message', hear: (data: Buffer) => void): void;
  };
}
const { Receiver, Sender } = ws as unknown as Parts;

const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 130 }),
  fc.constantFrom(125, 126, 127, 65_535, 65_536).map((length) => new Uint8Array(length).fill(7)),
);

const frames = fc.record({
  fin: fc.boolean(),
  rsv: fc.nat(7),
  opcode: fc.nat(15),
  maskingKey: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
  payload: payloads,
  wide: fc.boolean(),
});

/** The shortest form of the length, or any longer one. */
const bitsFor = (length: number, wide: boolean): 7 | 16 | 64 =>
  wide || length > 0xffff ? 64 : length > 125 ? 16 : 7;

describe('one frame', () => {
  it('is the same again after reading and building', () => {
    fc.assert(
      fc.property(frames, ({ maskingKey, wide, ...frame }) => {
        const lengthBits = bitsFor(frame.payload.length, wide);
        const bytes = buildWebSocketFrame({
          ...frame,
          lengthBits,
          ...(maskingKey && { maskingKey }),
        });
        const read = readWebSocketFrame(bytes);
        const { payload, ...header } = frame;
        expect(read).toMatchObject({ ...header, lengthBits });
        expect(read && isSameBytes(read.payload, payload)).toBe(true);
        expect(read && isSameBytes(buildWebSocketFrame(read), bytes)).toBe(true);
      }),
    );
  });

  it('is what ws writes', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(1, 2),
        (payload, fin, mask, opcode) => {
          const options = {
            fin,
            mask,
            opcode,
            rsv1: false,
            readOnly: true,
            maskBuffer: Buffer.alloc(4),
          };
          // ws masks with random bytes; with a key of zeros the payload stays readable.
          const generateMask = (key: Buffer): void => void key.set([1, 2, 3, 4]);
          const written = Sender.frame(Buffer.from(payload), { ...options, generateMask });
          const bytes = concat(...written.map((part) => Uint8Array.from(part)));
          const lengthBits = bitsFor(payload.length, false);
          const maskingKey = mask ? { maskingKey: Uint8Array.of(1, 2, 3, 4) } : {};
          const ours = buildWebSocketFrame({
            fin,
            rsv: 0,
            opcode,
            lengthBits,
            payload,
            ...maskingKey,
          });
          expect(isSameBytes(ours, bytes)).toBe(true);
        },
      ),
    );
  });

  it('is what ws reads', () => {
    const payload = Uint8Array.of(1, 2, 3);
    const maskingKey = Uint8Array.of(9, 8, 7, 6);
    const bytes = buildWebSocketFrame({
      fin: true,
      rsv: 0,
      opcode: 2,
      maskingKey,
      lengthBits: 7,
      payload,
    });
    const receiver = new Receiver({ isServer: true });
    const read = new Promise<Buffer>((resolve) => receiver.on('message', resolve));
    receiver.write(bytes);
    return expect(read.then((data) => Uint8Array.from(data))).resolves.toEqual(payload);
  });

  it('is not there while a byte is missing', () => {
    const bytes = buildWebSocketFrame({
      fin: true,
      rsv: 0,
      opcode: 1,
      maskingKey: Uint8Array.of(1, 2, 3, 4),
      lengthBits: 16,
      payload: new Uint8Array(200),
    });
    for (let end = 0; end < bytes.length; end++) {
      expect(readWebSocketFrame(bytes.subarray(0, end))).toBeUndefined();
      expect(readFrameHeader(bytes.subarray(0, end)) === undefined).toBe(end < 8);
    }
  });
});

describe('what a header can do wrong', () => {
  const codes = (bytes: readonly number[], isFromClient = false): string[] => {
    const header = readFrameHeader(Uint8Array.from(bytes));
    return header ? headerProblems(header, isFromClient).problems.map(({ code }) => code) : [];
  };

  it.each([
    { name: 'nothing', bytes: [0x81, 0x05], found: [] },
    { name: 'a reserved opcode', bytes: [0x83, 0], found: ['websocket/reserved-opcode'] },
    { name: 'RSV1 without an extension', bytes: [0xc1, 0], found: ['websocket/reserved-bits'] },
    { name: 'a split ping', bytes: [0x09, 0], found: ['websocket/split-control'] },
    { name: 'a long ping', bytes: [0x89, 126, 0, 126], found: ['websocket/long-control'] },
    {
      name: 'a server that masks',
      bytes: [0x81, 0x80, 1, 2, 3, 4],
      found: ['websocket/masked-by-server'],
    },
    {
      name: 'a length in too many bytes',
      bytes: [0x81, 126, 0, 125],
      found: ['websocket/long-length'],
    },
    { name: 'too much', bytes: [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0], found: ['websocket/too-big'] },
  ])('$name', ({ bytes, found }) => expect(codes(bytes)).toEqual(found));

  it('a client that does not mask', () => {
    expect(codes([0x81, 0], true)).toEqual(['websocket/not-masked']);
  });
});
