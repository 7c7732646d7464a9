import { describe, expect, it } from 'vitest';
import { micros, millis, seconds } from '../../../lib/time.ts';
import { parametersOf } from '../parameters.ts';
import { createCubic } from './cubic.ts';
import { CONGESTION_CONTROLS } from './index.ts';
import { createReno } from './reno.ts';

const linux = parametersOf('linux');

const windowOf = (cwnd: number, ssthresh = Number.POSITIVE_INFINITY) => ({ cwnd, ssthresh });

describe.each(Object.entries(CONGESTION_CONTROLS))('%s', (name, create) => {
  it('has its name, and doubles in a round trip of slow start', () => {
    const control = create(linux);
    expect(control.name).toBe(name);
    const window = windowOf(10);
    for (let i = 0; i < 10; i++) control.onAck(window, 1, millis(40));
    expect(window.cwnd).toBe(20);
  });

  it('stops slow start at the threshold, and goes on slowly with the rest', () => {
    const window = windowOf(10, 12);
    create(linux).onAck(window, 5, millis(40));
    expect(window.cwnd).toBe(12);
  });

  it('never asks for less than two segments after a loss', () => {
    expect(create(linux).thresholdAfterLoss(windowOf(1))).toBe(2);
  });
});

describe('Reno (RFC 5681)', () => {
  it('grows by one segment for each window acknowledged, and halves', () => {
    const control = createReno();
    const window = windowOf(20, 20);
    for (let i = 0; i < 20; i++) control.onAck(window, 1, millis(40));
    expect(window.cwnd).toBe(21);
    for (let i = 0; i < 21; i++) control.onAck(window, 1, millis(80));
    expect(window.cwnd).toBe(22);
    expect(control.thresholdAfterLoss(window)).toBe(11);
  });
});

describe('CUBIC (RFC 9438)', () => {
  /** One ACK for every segment of a window each 100 ms, limited by the window all the time. */
  function run(cwnd: number, rounds: number): { at: number; cwnd: number }[] {
    const control = createCubic(linux);
    const window = windowOf(cwnd);
    window.ssthresh = control.thresholdAfterLoss(window);
    window.cwnd = window.ssthresh;
    const course = [];
    for (let round = 0; round < rounds; round++) {
      const inRound = window.cwnd;
      for (let i = 0; i < inRound; i++) {
        const at = micros(100_000 * round + Math.floor((100_000 * i) / inRound));
        control.onAck(window, 1, at);
      }
      course.push({ at: 100_000 * (round + 1), cwnd: window.cwnd });
    }
    return course;
  }

  it('keeps 0.7 of the window, and follows W(t) = C (t - K)³ + W_max within 5 %', () => {
    const most = 1000;
    const k = Math.cbrt((most * 0.3) / 0.4); // equation 2, in seconds: about 9.1
    const course = run(most, 140);
    expect(course[0]?.cwnd).toBeGreaterThanOrEqual(700);
    for (const { at, cwnd } of course) {
      const t = at / 1_000_000;
      const expected = 0.4 * (t - k) ** 3 + most;
      expect(Math.abs(cwnd - expected) / expected).toBeLessThan(0.05);
    }
  });

  it('is no slower than Reno where the cubic is flat (§4.3)', () => {
    const course = run(20, 60);
    // Reno with the same 0.7 grows by 3 · 0.3 / 1.7 = 0.53 segments a round trip.
    const last = course.at(-1)?.cwnd ?? 0;
    expect(last).toBeGreaterThanOrEqual(14 + Math.floor(60 * 0.5));
  });

  it('gives a newcomer room: a second loss below the first lowers the plateau (§4.7)', () => {
    const control = createCubic(linux);
    expect(control.thresholdAfterLoss(windowOf(1000))).toBe(700);
    const window = windowOf(800, 560);
    expect(control.thresholdAfterLoss(window)).toBe(560);
    window.cwnd = 560;
    // The plateau is now 800 · 1.7 / 2 = 680, reached after K = ³√(120 / 0.4), 6.7 seconds.
    for (let round = 0; round < 60; round++) {
      const inRound = window.cwnd;
      for (let i = 0; i < inRound; i++) control.onAck(window, 1, micros(100_000 * round));
    }
    expect(window.cwnd).toBeGreaterThan(650);
    expect(window.cwnd).toBeLessThan(700);
  });

  it('leaves slow start when the round trip grows by an eighth (HyStart)', () => {
    const control = createCubic(linux);
    const window = windowOf(32);
    const sample = (rtt: number, at: number, una: number) =>
      control.onRtt(window, { rtt: millis(rtt), now: millis(at), una, nxt: una + 32_000 });
    for (let i = 0; i < 10; i++) sample(100, 100 + 5 * i, 1);
    expect(window.ssthresh).toBe(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 8; i++) sample(115, 250 + 5 * i, 40_000 + i);
    expect(window.ssthresh).toBe(Number.POSITIVE_INFINITY); // eight samples, then it decides
    sample(115, 295, 40_009);
    expect(window.ssthresh).toBe(32);
  });

  it('counts rounds also while the window is small: no train begins in the middle of one', () => {
    const control = createCubic(linux);
    const window = windowOf(10);
    for (let i = 0; i < 60; i++) {
      const now = micros(seconds(1) + 1_000 * i);
      control.onRtt(window, { rtt: millis(100), now, una: 1, nxt: 32_000 });
      window.cwnd++; // 16 after six of them, which are more than 2 ms
    }
    expect(window.ssthresh).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves slow start when ACKs come in a train of half a round trip (HyStart)', () => {
    const control = createCubic(linux);
    const window = windowOf(32);
    for (let i = 0; i < 60; i++) {
      const now = micros(seconds(1) + 1_000 * i);
      control.onRtt(window, { rtt: millis(100), now, una: 1, nxt: 32_000 });
      if (i < 50) expect(window.ssthresh).toBe(Number.POSITIVE_INFINITY);
    }
    expect(window.ssthresh).toBe(32);
  });
});

describe('HyStart++ (RFC 9406)', () => {
  const RTT = 100_000;

  /** Rounds of 20 samples, each with its round trip in ms; how cwnd grew in each. */
  function rounds(...roundTrips: readonly number[]) {
    const control = createCubic(parametersOf('textbook'));
    const window = windowOf(40);
    const growth = roundTrips.map((rtt, round) => {
      const before = window.cwnd;
      for (let i = 0; i < 20; i++) {
        const now = micros(RTT * (round + 1) + 1_000 * i);
        const sample = { rtt: millis(rtt), now, una: 20 * round + i + 1, nxt: 20 * (round + 1) };
        control.onRtt(window, sample);
        control.onAck(window, 1, now);
      }
      return window.cwnd - before;
    });
    return { growth, window };
  }

  it('slows to a quarter for five rounds when the round trip grows, then leaves slow start', () => {
    const { growth, window } = rounds(100, 115, 115, 115, 115, 115, 115);
    expect(growth[0]).toBe(20);
    // After the eighth sample of the second round, which is the first of the five.
    expect(growth[1]).toBe(7 + 3);
    expect(growth.slice(2, 6)).toEqual([5, 5, 5, 5]);
    expect(growth[6]).toBeLessThan(5);
    expect(window.ssthresh).toBe(40 + 20 + 10 + 20);
  });

  it('goes on as before when the round trip falls again', () => {
    const { growth, window } = rounds(100, 115, 100, 100);
    expect(growth[2]).toBeGreaterThan(10);
    expect(growth[3]).toBe(20);
    expect(window.ssthresh).toBe(Number.POSITIVE_INFINITY);
  });

  it('adds eight segments for one acknowledgement at most', () => {
    const window = windowOf(40);
    createCubic(parametersOf('textbook')).onAck(window, 30, millis(1));
    expect(window.cwnd).toBe(48);
  });
});
