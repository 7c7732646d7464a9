// Where a frame is on its way between the endpoints at a moment, in shown time. The tap knows only
// the instant at the server, so the length of the way is drawn, not measured. Draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import type { TimeLens } from '../capture/time-lens.ts';
import { passedAt } from './moments.ts';

/** How long a capsule is on the wire, in ms of shown time at speed 1. */
export const FLIGHT_MS = 420;
/** How long it stays readable at the end of its way. */
const REST_MS = 420;
/** Where the link is drawn, as a part of the way from the browser to the server: what dies in it stops there. */
export const LINK_AT = 0.62;

export interface Flight {
  readonly frame: Frame;
  /** 0 at the browser, 1 at the server. */
  readonly place: number;
  /** 1 on its way, falling to 0 while it rests at the far end. */
  readonly presence: number;
  /** It has reached its receiver. */
  readonly hasArrived: boolean;
  /** It has come as far as it came: it died in the link. */
  readonly hasDied: boolean;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Slow at both ends: a capsule is read when it leaves and when it arrives. */
const ease = (x: number): number => x * x * (3 - 2 * x);

/** Where one frame is at `now` (ms of shown time); `undefined` when it is not on the wire. */
export function flightOf(frame: Frame, lens: TimeLens, now: number): Flight | undefined {
  const atServer = lens.toShown(frame.at);
  const isUp = frame.direction === 'up';
  const age = now - (isUp ? atServer - FLIGHT_MS : atServer);
  if (age < 0 || age > FLIGHT_MS + REST_MS) return undefined;
  const way = ease(clamp(age / FLIGHT_MS));
  const isOver = age >= FLIGHT_MS;
  const to = frame.lost ? LINK_AT : isUp ? 1 : 0;
  const from = isUp ? 0 : 1;
  return {
    frame,
    place: from + (to - from) * way,
    presence: 1 - clamp((age - FLIGHT_MS) / REST_MS),
    hasArrived: isOver && !frame.lost,
    hasDied: isOver && frame.lost === true,
  };
}

/** More could not be told apart; the newest are kept. */
const MAX_FLIGHTS = 60;

/** Every frame on the wire at the playhead, oldest first. `limit` keeps what comes later off it. */
export function flightsAt(
  capture: Capture,
  lens: TimeLens,
  playhead: number,
  limit = Number.POSITIVE_INFINITY,
): readonly Flight[] {
  const { frames } = capture;
  const now = lens.toShown(playhead);
  const from = passedAt(frames, lens.toCapture(now - FLIGHT_MS - REST_MS) - 1);
  const to = passedAt(frames, Math.min(limit, lens.toCapture(now + FLIGHT_MS)));
  const flights: Flight[] = [];
  for (let i = to - 1; i >= from && flights.length < MAX_FLIGHTS; i--) {
    const frame = frames[i];
    const flight = frame && flightOf(frame, lens, now);
    if (flight) flights.unshift(flight);
  }
  return flights;
}

/** Reduced motion: the frames of the playhead's instant, each still, half-way along its wire or where it died. */
export function stillsAt(capture: Capture, playhead: number): readonly Flight[] {
  const { frames } = capture;
  const end = passedAt(frames, playhead);
  const at = frames[end - 1]?.at;
  if (at === undefined) return [];
  let start = end - 1;
  while (start > 0 && frames[start - 1]?.at === at) start--;
  return frames.slice(start, end).map((frame) => {
    const hasDied = frame.lost === true;
    return { frame, place: hasDied ? LINK_AT : 0.5, presence: 1, hasArrived: false, hasDied };
  });
}
