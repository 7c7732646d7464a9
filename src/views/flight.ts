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

/** To the link and from it to the server, in ms of shown time at speed 1. */
const FIRST_MS = FLIGHT_MS * LINK_AT;
const LAST_MS = FLIGHT_MS - FIRST_MS;
/** How far behind one another frames stand that wait in the link, and how many can be told apart. */
const QUEUE_STEP = 0.03;
const QUEUE_MOST = 8;

/**
 * Where one frame is at `now` (ms of shown time); `undefined` when it is not on the wire. One that the link
 * held stands there, behind `ahead` others.
 */
export function flightOf(frame: Frame, lens: TimeLens, now: number, ahead = 0): Flight | undefined {
  if (isHeld(frame, lens)) return heldFlight(frame, lens, now, ahead);
  const isUp = frame.direction === 'up';
  const atServer = lens.toShown((isUp && !frame.lost && frame.passedAt) || frame.at);
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

type HeldFrame = Frame & { readonly passedAt: NonNullable<Frame['passedAt']> };

const wasLate = (frame: Frame): frame is HeldFrame => frame.passedAt !== undefined && !frame.lost;

/** It waited in the link for so long that it can be seen. */
const isHeld = (frame: Frame, lens: TimeLens): frame is HeldFrame =>
  wasLate(frame) && Math.abs(lens.toShown(frame.at) - lens.toShown(frame.passedAt)) > LAST_MS;

/**
 * To the link, waiting there, and on. `at` is when it crossed the browser's socket, and `passedAt` when it was
 * at the lab's end: the link stands between the two.
 */
function heldFlight(
  frame: HeldFrame,
  lens: TimeLens,
  now: number,
  ahead: number,
): Flight | undefined {
  const isUp = frame.direction === 'up';
  const [crossed, atLab] = [lens.toShown(frame.at), lens.toShown(frame.passedAt)];
  const [begin, comes] = isUp ? [crossed - FIRST_MS, crossed] : [atLab, atLab + LAST_MS];
  const [goes, end] = isUp ? [atLab - LAST_MS, atLab] : [crossed, crossed + FIRST_MS];
  if (now < begin || now > end + REST_MS) return undefined;
  const [from, to] = isUp ? [0, 1] : [1, 0];
  const behind = Math.min(ahead, QUEUE_MOST) * QUEUE_STEP;
  const stand = isUp ? LINK_AT - behind : LINK_AT + behind;
  const place =
    now < goes
      ? from + (stand - from) * ease(clamp((now - begin) / (comes - begin)))
      : stand + (to - stand) * ease(clamp((now - goes) / (end - goes)));
  const presence = 1 - clamp((now - end) / REST_MS);
  return { frame, place, presence, hasArrived: now >= end, hasDied: false };
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
  const first = lens.toCapture(now - FLIGHT_MS - REST_MS - LAST_MS) - 1;
  const last = lens.toCapture(now + FLIGHT_MS);
  const from = passedAt(frames, first);
  const to = passedAt(frames, Math.min(limit, last));
  const near = frames.slice(from, to).filter((frame) => !isHeld(frame, lens));
  const flights = near.flatMap((frame) => flightOf(frame, lens, now) ?? []);
  const ahead = new Map<string, number>();
  for (const frame of lateIn(capture)) {
    const { at, passedAt: atLab } = frame;
    if (at > limit || Math.max(at, atLab) < first || Math.min(at, atLab) > last) continue;
    if (!isHeld(frame, lens)) continue;
    const queue = `${frame.connection} ${frame.direction}`;
    const before = ahead.get(queue) ?? 0;
    const flight = flightOf(frame, lens, now, before);
    if (!flight) continue;
    flights.push(flight);
    if (!flight.hasArrived) ahead.set(queue, before + 1);
  }
  return flights.sort((a, b) => a.frame.id - b.frame.id).slice(-MAX_FLIGHTS);
}

const known = new WeakMap<Capture, readonly HeldFrame[]>();

/** Those that the link kept at all, in their order. */
function lateIn(capture: Capture): readonly HeldFrame[] {
  const before = known.get(capture);
  if (before) return before;
  const late = capture.frames.filter(wasLate);
  known.set(capture, late);
  return late;
}

/** Reduced motion: the frames of the playhead's instant, each still, half-way along its wire, or in the link where it died or was held. */
export function stillsAt(capture: Capture, playhead: number): readonly Flight[] {
  const { frames } = capture;
  const end = passedAt(frames, playhead);
  const at = frames[end - 1]?.at;
  if (at === undefined) return [];
  let start = end - 1;
  while (start > 0 && frames[start - 1]?.at === at) start--;
  return frames.slice(start, end).map((frame) => {
    const hasDied = frame.lost === true;
    const place = hasDied || wasLate(frame) ? LINK_AT : 0.5;
    return { frame, place, presence: 1, hasArrived: false, hasDied };
  });
}
