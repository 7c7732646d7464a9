import { describe, expect, it } from 'vitest';
import { establishedOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';

const FLIGHT = `
     50 * write 10000
     50 > .     1+1000 ack 1
     50 > .  1001+1000 ack 1
     50 > .  2001+1000 ack 1
     50 > .  3001+1000 ack 1
     50 > .  4001+1000 ack 1
     50 > .  5001+1000 ack 1
     50 > .  6001+1000 ack 1
     50 > .  7001+1000 ack 1
     50 > .  8001+1000 ack 1
     50 > P. 9001+1000 ack 1`;

describe('NewReno (RFC 6582)', () => {
  it('sends the first again at the third duplicate, the second at the partial acknowledgement', () => {
    const one = establishedOf('textbook');
    play(
      one,
      `${FLIGHT}
     90 < .  1 ack 1                       // 1 and 2001 are lost
     91 < .  1 ack 1
     92 < .  1 ack 1
     92 > .  1+1000 ack 1 why fast-retransmission
     93 < .  1 ack 1
    132 < .  1 ack 2001
    132 > .  2001+1000 ack 1 why fast-retransmission
    172 < .  1 ack 10001
  `,
    );
    expect(one.sender.recovery.phase).toBe('open');
    // Step 3: at most the threshold, and no burst: one segment, for nothing is in flight.
    expect(one.sender.window).toEqual({ cwnd: 2, ssthresh: 5 });
  });

  it('starts over with one segment after a timeout, and doubles the next (RFC 6298)', () => {
    const one = establishedOf('textbook');
    play(
      one,
      `${FLIGHT}
    1050 > .     1+1000 ack 1 why retransmission-after-timeout
    3050 > .     1+1000 ack 1 why retransmission-after-timeout
    3090 < .     1 ack 1001
    3090 > .  1001+1000 ack 1 why retransmission-after-timeout
    3090 > .  2001+1000 ack 1 why retransmission-after-timeout
    3130 < .     1 ack 10001
  `,
    );
    expect(one.sender.window.ssthresh).toBe(5);
    expect(one.sender.recovery.phase).toBe('open');
  });

  it('sends something new for each of the first two duplicates (RFC 3042)', () => {
    play(
      establishedOf('textbook'),
      `${FLIGHT}
     60 * write 5000
     90 < .      1 ack 1
     90 > . 10001+1000 ack 1
     91 < .      1 ack 1
     91 > . 11001+1000 ack 1
     92 < .      1 ack 1
     92 > .      1+1000 ack 1 why fast-retransmission
  `,
    );
  });
});

describe('RACK-TLP with PRR (RFC 8985, 6937)', () => {
  it('finds a loss at the third report of what came after it', () => {
    const one = establishedOf('linux');
    play(
      one,
      `${FLIGHT}
     90 < .  1 ack 1 sack 1001-2001
     91 < .  1 ack 1 sack 1001-3001
     92 < .  1 ack 1 sack 1001-4001
     92 > .  1+1000 ack 1 why fast-retransmission
  `,
    );
    expect(one.sender.recovery.phase).toBe('recovery');
    expect(one.sender.window.ssthresh).toBe(7); // 0.7 of 10
  });

  it('finds all losses of a flight at once, and sends them as PRR lets it', () => {
    play(
      establishedOf('linux', { congestion: 'reno' }),
      `${FLIGHT}
     90 < .  1 ack 1 sack 3001-4001
     91 < .  1 ack 1 sack 3001-5001
     92 < .  1 ack 1 sack 3001-6001        // ssthresh 5, in flight 4: 1 of the 3 missing
     92 > .     1+1000 ack 1 why fast-retransmission
     93 < .  1 ack 1 sack 3001-7001
     93 > .  1001+1000 ack 1 why fast-retransmission
     94 < .  1 ack 1 sack 3001-8001
     94 > .  2001+1000 ack 1 why fast-retransmission
  `,
    );
  });

  it('finds a lost retransmission without a timeout', () => {
    play(
      establishedOf('linux', { congestion: 'reno' }),
      `${FLIGHT}
     60 * write 9000
     90 < .  1 ack 1 sack 1001-2001
     90 > .  10001+1000 ack 1
     91 < .  1 ack 1 sack 1001-3001
     91 > .  11001+1000 ack 1
     92 < .  1 ack 1 sack 1001-4001
     92 > .  1+1000 ack 1 why fast-retransmission
     95 < .  1 ack 1 sack 1001-9001         // ssthresh 5, in flight 4: one more
     95 > .  12001+1000 ack 1
    130 < .  1 ack 1 sack 1001-11001
    130 > .  13001+1000 ack 1
    130 > .  14001+1000 ack 1
    131 < .  1 ack 1 sack 1001-12001
    131 > .  15001+1000 ack 1
    135 < .  1 ack 1 sack 1001-13001        // 12001 left after the retransmission did
    135 > .  1+1000 ack 1 why fast-retransmission
    135 > .  16001+1000 ack 1
  `,
    );
  });

  it('waits one acknowledgement more where that also covers an older segment: the round trip is the older one', () => {
    play(
      establishedOf('linux', { congestion: 'reno' }),
      `${FLIGHT}
     60 * write 9000
     90 < .  1 ack 2001
     90 > .  10001+1000 ack 1
     90 > .  11001+1000 ack 1
     90 > .  12001+1000 ack 1
     90 > .  13001+1000 ack 1
    130 < .  1 ack 3001 sack 10001-11001   // 3001 left 80 ms ago, and so did what this covers
    130 > .  14001+1000 ack 1
    130 > .  15001+1000 ack 1
    130 > .  16001+1000 ack 1
    130 > .  17001+1000 ack 1
    131 < .  1 ack 3001 sack 10001-12001
    131 > .  3001+1000 ack 1 why fast-retransmission
  `,
    );
  });

  it('asks after two round trips of silence with the last segment', () => {
    play(
      establishedOf('linux'),
      `${FLIGHT}
     90 < .  1 ack 8001
    176 > P. 9001+1000 ack 1 why tail-loss-probe   // 2 x 40 ms and 2 ms, up to the next tick of 4 ms
    216 < .  1 ack 8001 sack 9001-10001
    216 > .  8001+1000 ack 1 why fast-retransmission
  `,
    );
  });

  it('times out 200 ms beyond the round trip when even the probe is lost', () => {
    play(
      establishedOf('linux'),
      `${FLIGHT}
    136 > P. 9001+1000 ack 1 why tail-loss-probe
    380 > .  1+1000 ack 1 why retransmission-after-timeout
  `,
    );
  });

  it('gives the window back when a timeout was for nothing (F-RTO, RFC 5682)', () => {
    const one = establishedOf('linux');
    play(
      one,
      `${FLIGHT}
    136 > P. 9001+1000 ack 1 why tail-loss-probe
    380 > .  1+1000 ack 1 why retransmission-after-timeout
  `,
    );
    expect(one.sender.window.cwnd).toBe(1);
    play(one, '390 < . 1 ack 3001'); // 1001 to 3001 were sent once only: the originals were late
    expect(one.sender.recovery.phase).not.toBe('loss');
    expect(one.sender.window.cwnd).toBeGreaterThanOrEqual(10);
  });
});
