// What both ends say of themselves agrees with the packets: laws for every setting of the demo.

import { describe, expect, it } from 'vitest';
import type { Capture } from '../../capture/capture.ts';
import { segmentNumbers } from '../../capture/packet-reading.ts';
import { simulateTcp } from './simulate.ts';

const PLAIN = {
  size: '20000',
  loss: 'none',
  drop: '6',
  delay: '20',
  reader: 'reads',
  end: 'close',
  profile: 'linux',
  beside: 'none',
};
const SETTINGS = [
  {},
  { loss: 'middle' },
  { loss: 'last' },
  { loss: 'syn' },
  { loss: 'ack' },
  { loss: 'queue', size: '60000' },
  { reader: 'pauses' },
  { end: 'abort' },
].flatMap((one) => [one, { ...one, profile: 'textbook' }]);

const arrivedOf = (capture: Capture, direction: 'up' | 'down') =>
  capture.frames.flatMap((frame) => {
    const numbers = segmentNumbers(capture, frame);
    const at = frame.transit?.arrivedAt;
    return frame.direction === direction && numbers && at !== undefined ? [{ ...numbers, at }] : [];
  });

const endsOf = (capture: Capture, who: 'client' | 'server') =>
  (capture.ends ?? []).filter(({ end }) => end === who);

/** How far the bytes that had arrived by then reach without a hole. */
function reachOf(arrived: readonly { seq: number; length: number; at: number }[], now: number) {
  const known = arrived.filter(({ at }) => at <= now).sort((a, b) => a.seq - b.seq);
  return known.reduce((reach, { seq, length }) => {
    return seq <= reach ? Math.max(reach, seq + length) : reach;
  }, 1);
}

describe.each(SETTINGS)('%o', (changes) => {
  const capture = simulateTcp({ ...PLAIN, ...changes });

  it('knows at the client what the acknowledgements that arrived have said', () => {
    const said = arrivedOf(capture, 'down');
    const accounts = endsOf(capture, 'client').filter(({ state }) => state !== 'CLOSED');
    expect(accounts.length).toBeGreaterThan(0);
    for (const { at, una } of accounts) {
      const heard = said.filter((one) => one.at <= at).map(({ ack = 0 }) => ack);
      expect(una).toBe(Math.max(0, ...heard));
    }
  });

  it('has at the server what has arrived, in order', () => {
    const arrived = arrivedOf(capture, 'up').filter(({ length }) => length > 0);
    for (const { at, next, state } of endsOf(capture, 'server')) {
      if (state !== 'CLOSED') expect(next).toBe(reachOf(arrived, at));
    }
  });
});

it('opens and closes through the states of RFC 9293, Figures 6 and 12', () => {
  const capture = simulateTcp(PLAIN);
  const statesOf = (who: 'client' | 'server') => [
    ...new Set(endsOf(capture, who).map(({ state }) => state)),
  ];
  expect(statesOf('client')).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'TIME-WAIT']);
  expect(statesOf('server')).toEqual(['SYN-RECEIVED', 'ESTABLISHED', 'LAST-ACK', 'CLOSED']);
});

it('refuses where nobody listens, and both ends are over at once after a reset', () => {
  const refused = simulateTcp({ ...PLAIN, end: 'refused' });
  expect(endsOf(refused, 'client').at(-1)).toMatchObject({ state: 'CLOSED', ending: 'refused' });
  expect(refused.frames).toHaveLength(2);
  const aborted = simulateTcp({ ...PLAIN, end: 'abort' });
  expect(endsOf(aborted, 'client').at(-1)).toMatchObject({ state: 'CLOSED', ending: 'aborted' });
  expect(endsOf(aborted, 'server').at(-1)).toMatchObject({ ending: 'reset by peer' });
});
