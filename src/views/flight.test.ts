import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '../capture/capture.ts';
import { createTimeLens } from '../capture/time-lens.ts';
import { micros } from '../lib/time.ts';
import { flightOf, flightsAt, LINK_AT, stillsAt } from './flight.ts';
import { sampleCapture } from './testing/sample.ts';

const capture = sampleCapture(20);
const lens = createTimeLens(capture);
const instant = fc.double({ min: 500, max: capture.endAt, noNaN: true });

test('a frame is at the server at the instant the tap saw it', () => {
  for (const frame of capture.frames) {
    const flight = flightsAt(capture, lens, frame.at).find((one) => one.frame === frame);
    expect(flight?.place).toBeCloseTo(1, 6);
  }
});

test('no frame from the server is on the wire before it was seen', () => {
  fc.assert(
    fc.property(instant, (at) => {
      for (const { frame } of flightsAt(capture, lens, at)) {
        if (frame.direction === 'down') expect(frame.at).toBeLessThanOrEqual(at + 1e-6);
      }
    }),
  );
});

test('every place lies between the endpoints, and a limit keeps later frames off', () => {
  fc.assert(
    fc.property(instant, instant, (at, limit) => {
      for (const { frame, place, presence } of flightsAt(capture, lens, at, limit)) {
        expect(place >= 0 && place <= 1 && presence >= 0 && presence <= 1).toBe(true);
        expect(frame.at).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('reduced motion shows every frame of the instant, still', () => {
  expect(stillsAt(capture, 5_000).map(({ frame }) => frame.id)).toEqual([4, 5]);
  expect(stillsAt(capture, 600)).toEqual([]);
});

test('what died in the link never reaches the other end, in motion or still', () => {
  const frames = capture.frames.map((frame) => ({ ...frame, lost: true as const }));
  const broken = { ...capture, frames };
  for (const { direction, at, id } of frames) {
    const flight = (later: number) =>
      flightOf(broken.frames[id] as Frame, lens, lens.toShown(at) + later);
    const end = direction === 'up' ? flight(0) : flight(430);
    expect(end).toMatchObject({ hasArrived: false, hasDied: true });
    expect(end?.place).toBeCloseTo(LINK_AT, 6);
    for (const later of [-300, 0, 200, 430]) {
      const place = flight(later)?.place ?? LINK_AT;
      expect(direction === 'up' ? place <= LINK_AT : place >= LINK_AT).toBe(true);
    }
  }
  expect(stillsAt(broken, 5_000)[0]).toMatchObject({ hasDied: true, place: LINK_AT });
});

/** The frame waited in the link so long: on its way to the lab, or after it had left it. */
const heldFor = (frame: Frame, wait: number): Frame => ({
  ...frame,
  passedAt: micros(frame.direction === 'up' ? frame.at + wait : frame.at - wait),
});

test('what the link holds stands in it until it is let go, in both directions', () => {
  for (const index of [0, 1, 2, 3]) {
    const frame = heldFor(capture.frames[index] as Frame, 900_000);
    const late = createTimeLens({ ...capture, frames: [frame], endAt: micros(2_000_000) });
    const { at, passedAt = at } = frame;
    const [into, out] = frame.direction === 'up' ? [at, passedAt] : [passedAt, at];
    const place = (time: number, later: number) =>
      flightOf(frame, late, late.toShown(time) + later);
    if (frame.direction === 'up') {
      // It is at the server when it was at the lab's end of the link, and not before.
      expect(place(out, 0)).toMatchObject({ hasArrived: true, place: 1 });
      expect(place(out, -20)?.place).toBeLessThan(1);
      expect(place(into, -265)).toBeUndefined();
    } else {
      expect(place(into, 0)?.place).toBe(1);
      expect(place(into, -1)).toBeUndefined();
      expect(place(out, 300)).toMatchObject({ hasArrived: true, place: 0 });
    }
    const span = late.toShown(out) - late.toShown(into);
    expect(span).toBeGreaterThan(400);
    for (let step = 200; step < span - 200; step += span / 9) {
      expect(place(into, step)).toMatchObject({ hasArrived: false, presence: 1 });
      expect(place(into, step)?.place).toBeCloseTo(LINK_AT, 6);
    }
  }
});

test('a held frame never goes back, and leaves no gap on its way', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.integer({ min: 1, max: 2_000_000 }), (index, wait) => {
      const frame = heldFor(capture.frames[index] as Frame, wait);
      const isUp = frame.direction === 'up';
      const start = lens.toShown(frame.at) - 2_000;
      let before: number | undefined;
      for (let now = start; now < lens.totalMs + 1_000; now += 10) {
        const place = flightOf(frame, lens, now)?.place;
        if (place === undefined) continue;
        if (before !== undefined) {
          const step = isUp ? place - before : before - place;
          expect(step).toBeGreaterThanOrEqual(-1e-9);
          expect(step).toBeLessThan(0.2);
        }
        before = place;
      }
      expect(before).toBe(isUp ? 1 : 0);
    }),
  );
});

test('several that wait stand behind one another, however long ago they came', () => {
  const [first] = capture.frames;
  const frames = Array.from({ length: 5 }, (_, id) => ({
    ...(first as Frame),
    id,
    at: micros(1_000 + id),
    passedAt: micros(900_000),
  }));
  const broken = { ...capture, frames, endAt: micros(900_000) };
  const at = createTimeLens(broken);
  const places = flightsAt(broken, at, 450_000).map(({ place }) => place);
  expect(places).toHaveLength(5);
  expect(places[0]).toBeCloseTo(LINK_AT, 6);
  expect(places).toEqual(places.toSorted((a, b) => b - a));
  expect(new Set(places).size).toBe(5);
  expect(flightsAt(broken, at, 450_000, 1_002)).toHaveLength(3);
  expect(stillsAt(broken, 1_002)[0]).toMatchObject({ place: LINK_AT, hasDied: false });
});
