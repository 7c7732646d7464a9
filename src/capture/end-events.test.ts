import { describe, expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import type { EndAccount } from './end-account.ts';
import { windowEvents } from './end-events.ts';

const BASE = {
  end: 'client',
  state: 'ESTABLISHED',
  inFlight: 1,
  mss: 1_448,
  una: 1,
  nxt: 1,
  limit: 1,
  unsent: 0,
  rto: 1,
  next: 1,
  unread: 0,
  beyond: [],
  offered: 1,
} as const;

/** `10 open`, `7 recovery 7`: the window, the phase, and the threshold where there is one. */
const story = (...said: string[]): EndAccount[] =>
  said.map((text, i) => {
    const [cwnd = '', phase = '', ssthresh] = text.split(' ');
    const limit = ssthresh === undefined ? {} : { ssthresh: Number(ssthresh) };
    return { ...BASE, at: micros(i), cwnd: Number(cwnd), phase, ...limit };
  });

const eventsOf = (...said: string[]) =>
  windowEvents(story(...said)).map(({ at, kind, from, to }) => `${at} ${kind} ${from} ${to}`);

describe('what happened to the window', () => {
  it('tells of a loss that the acknowledgements showed, and of its repair', () => {
    expect(
      eventsOf('10 open', '13 open', '13 disorder', '12 recovery 9', '9 recovery 9', '9 open 9'),
    ).toEqual(['3 recovery 13 12', '5 repaired 9 9']);
  });

  it('tells of a timeout', () => {
    expect(eventsOf('10 open', '1 loss 5', '2 loss 5', '2 open 5')).toEqual([
      '1 loss 10 1',
      '3 repaired 2 2',
    ]);
  });

  it('tells of the end of slow start without a loss', () => {
    expect(eventsOf('10 open', '40 open', '40 open 40', '41 open 40')).toEqual([
      '2 avoidance 40 40',
    ]);
  });

  it('tells nothing where nothing happened', () => {
    expect(eventsOf('10 open', '11 open', '11 disorder', '11 open')).toEqual([]);
  });
});
