import { expect, it } from 'vitest';
import { RateReduction } from './prr.ts';

/** How many segments each ACK of one segment lets out, with as many in flight as given. */
function allowedBy(inFlight: number, ssthresh: number, acks: number, isSafe: boolean): number[] {
  const prr = new RateReduction();
  const window = { cwnd: 10, ssthresh };
  prr.start(window.cwnd);
  return Array.from({ length: acks }, () => {
    prr.onAck(window, 1, inFlight, isSafe);
    const allowed = window.cwnd - inFlight;
    for (let i = 0; i < allowed; i++) prr.onSent();
    return allowed;
  });
}

it('lets out 7 segments for every 10 that arrive, evenly, while more than ssthresh are out', () => {
  expect(allowedBy(9, 7, 10, false)).toEqual([1, 1, 1, 0, 1, 1, 0, 1, 1, 0]);
  expect(allowedBy(9, 5, 10, false)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
});

it('keeps what is out when that is little, and grows it only while nothing more is lost', () => {
  expect(allowedBy(4, 7, 3, false)).toEqual([1, 1, 1]);
  expect(allowedBy(4, 7, 3, true)).toEqual([2, 2, 2]);
  expect(allowedBy(7, 7, 1, true)).toEqual([1]); // the first is always allowed
});
