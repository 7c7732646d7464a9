// The tap's clock as this page knows it: an offset to the page's own clock, measured by asking.

import type { OpenedLab } from '../contract/labs.ts';
import { ask } from './app-socket.ts';

export interface LabClock {
  /** Now in the tap's time and how far off that may be, both in whole µs: a saved run keeps no parts of one. */
  now(): { readonly at: number; readonly errorMicros: number };
}

const QUESTIONS = 5;

/**
 * Asks a few times and trusts the quickest answer: the tap read its clock somewhere between question
 * and answer, so the error is at most half of the round trip (as in RFC 5905 §8).
 */
export async function measureClock({ lab, token }: OpenedLab): Promise<LabClock> {
  let best = { offset: 0, errorMicros: Number.POSITIVE_INFINITY };
  for (let i = 0; i < QUESTIONS; i++) {
    const asked = performance.now() * 1_000;
    const reply = await ask<{ now: number }>('lab:clock', { lab, token });
    const answered = performance.now() * 1_000;
    if (!reply.ok) throw new Error(reply.message);
    const errorMicros = (answered - asked) / 2;
    if (errorMicros < best.errorMicros) {
      best = { offset: reply.value.now - (asked + answered) / 2, errorMicros };
    }
  }
  const { offset } = best;
  const errorMicros = Math.ceil(best.errorMicros);
  return {
    now: () => ({ at: Math.max(0, Math.round(performance.now() * 1_000 + offset)), errorMicros }),
  };
}
