// A place that was pointed at in one run is found in the next, before its bytes are let through,
// however they arrive.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Bytes, concat } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { buildWebSocketFrame } from '../wire/websocket.ts';
import type { Capture, Frame } from './capture.ts';
import { createPlaceFinder, placeOf } from './place.ts';
import type { Direction } from './record.ts';
import { captureOf, down, recordsOf, type Said, UPGRADE, up } from './testing/records.ts';

const frame = (text: string, key?: Bytes): Bytes =>
  buildWebSocketFrame({
    fin: true,
    rsv: 0,
    lengthBits: text.length < 126 ? 7 : text.length < 0x1_0000 ? 16 : 64,
    opcode: 1,
    ...(key ? { maskingKey: key } : {}),
    payload: encodeUtf8(text),
  });

const talk = (key: Bytes, sid: string): Said[] => [
  ...UPGRADE,
  down(frame(`0{"sid":"${sid}","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":1}`)),
  up(frame('40', key)),
  down(frame(`40{"sid":"${sid}"}`)),
  up(frame('420["ask",1]', key)),
  down(frame('42["news",1]')),
  down(frame('430["answer"]')),
  up(frame('421["ask",2]', key)),
  down(frame('42["news",2]')),
  down(frame('2')),
  up(frame('3', key)),
  down(frame('431["answer"]')),
];

const FIRST = captureOf(recordsOf(talk(Uint8Array.of(1, 2, 3, 4), 'one')));

const lengthOf = ({ sources }: Frame): number => sources[0]?.bytes.length ?? 0;

/** The same run again, with other ids and masks, in pieces of its own. */
function again(capture: Capture, direction: Direction, id: number): number {
  const one = capture.frames.filter((each) => each.direction === direction)[id] as Frame;
  return one.offset;
}

it('is found before its bytes are free, in a run with other masks, cut into any pieces', () => {
  const key = Uint8Array.of(9, 8, 7, 6);
  const said = talk(key, 'two');
  const second = captureOf(recordsOf(said));
  const points = fc.oneof(fc.constantFrom('before', 'after'), fc.nat(12)) as fc.Arbitrary<
    'before' | 'after' | number
  >;
  fc.assert(
    fc.property(
      fc.nat(FIRST.frames.length - 1),
      points,
      fc.integer({ min: 1, max: 40 }),
      (n, at, size) => {
        const meant = FIRST.frames[n] as Frame;
        const place = placeOf(FIRST, meant, at);
        if (!place) throw new Error('this frame has no place');
        const { direction } = place;
        const nthOfDirection = FIRST.frames.filter(
          (one) => one.direction === direction && one.id < meant.id,
        ).length;
        const start = again(second, direction, nthOfDirection);
        const same = second.frames.filter((one) => one.direction === direction)[nthOfDirection];
        const length = lengthOf(same as Frame);
        const wanted =
          start + (at === 'before' ? 0 : at === 'after' ? length : Math.min(at, length));
        const probe = createPlaceFinder(place).begin();
        for (const { direction: way, bytes } of said) {
          for (let from = 0; from < bytes.length; from += size) {
            probe.push(way, bytes.subarray(from, from + size));
            if (probe.cutAt === undefined)
              expect(probe.free(direction)).not.toBeGreaterThan(wanted);
          }
          if (probe.cutAt !== undefined) break;
        }
        expect(probe.cutAt).toBe(wanted);
      },
    ),
  );
});

it('names what a learner points at', () => {
  const acks = FIRST.frames.filter((one) => one.layers.at(-1)?.summary.startsWith('ack'));
  expect(placeOf(FIRST, acks[1] as Frame)).toEqual({
    lane: 'main',
    carrier: 'websocket',
    direction: 'down',
    protocol: 'socketio',
    type: 'ack',
    name: '',
    nth: 2,
    at: 'before',
  });
  expect(placeOf(FIRST, FIRST.frames[0] as Frame, 'after')).toMatchObject({
    protocol: 'http',
    type: 'GET',
    name: 'websocket',
    carrier: 'http',
  });
});

it('counts one event name apart from another, and says when it was not reached', () => {
  const news = placeOf(
    FIRST,
    FIRST.frames.find((one) => one.layers.at(-1)?.summary.includes('news')) as Frame,
  );
  expect(news).toMatchObject({ type: 'event', name: 'news', nth: 1 });
  if (!news) return;
  const finder = createPlaceFinder({ ...news, nth: 3 });
  const probe = finder.begin();
  for (const { direction, bytes } of talk(Uint8Array.of(0, 0, 0, 1), 'x'))
    probe.push(direction, bytes);
  expect(probe.cutAt).toBeUndefined();
  expect(finder.isFound).toBe(false);
});

it('keeps back no message that is longer than it may keep', () => {
  const [event] = FIRST.frames.filter((one) => one.layers.at(-1)?.summary.includes('news'));
  const place = placeOf(FIRST, event as Frame);
  if (!place) throw new Error('no place');
  const probe = createPlaceFinder(place).begin();
  for (const { direction, bytes } of UPGRADE) probe.push(direction, bytes);
  const huge = frame(`42["other","${'x'.repeat(400_000)}"]`);
  probe.push('down', huge.subarray(0, 100_000));
  expect(probe.free('down')).toBeLessThan(1_000);
  probe.push('down', huge.subarray(100_000, 390_000));
  expect(probe.free('down')).toBe(Number.POSITIVE_INFINITY);
  expect(concat(huge).length).toBeGreaterThan(390_000);
});
