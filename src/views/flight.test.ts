import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '../capture/capture.ts';
import { createTimeLens } from '../capture/time-lens.ts';
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
