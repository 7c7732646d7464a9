import { describe, expect, it } from 'vitest';
import { establishedOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';

/** `count` segments of a thousand bytes that leave at `at`, from place `from` on; the last pushes. */
const flight = (at: number, from: number, count: number, isLast = false): string =>
  Array.from({ length: count }, (_, i) => {
    const flags = isLast && i === count - 1 ? 'P.' : '.';
    return `${at} > ${flags} ${from + 1000 * i}+1000 ack 1`;
  }).join('\n');

describe.each(['linux', 'textbook'] as const)('the window, %s', (profile) => {
  it('grows by what is acknowledged while it is the limit', () => {
    const one = establishedOf(profile);
    play(
      one,
      `50 * write 30000\n${flight(50, 1, 10)}\n90 < . 1 ack 1001\n${flight(90, 10_001, 2)}`,
    );
    expect(one.sender.window.cwnd).toBe(11);
  });

  it('stays while the program writes less than it allows', () => {
    const one = establishedOf(profile);
    for (let i = 0; i < 8; i++) {
      const [at, from] = [50 + 100 * i, 1 + 1000 * i];
      play(
        one,
        `${at} * write 1000\n${flight(at, from, 1, true)}\n${at + 40} < . 1 ack ${from + 1000}`,
      );
    }
    expect(one.sender.window.cwnd).toBe(10);
  });

  it('is an old guess after a pause (RFC 5681 §4.1)', () => {
    const one = establishedOf(profile);
    const acks = Array.from({ length: 10 }, (_, i) => `90 < . 1 ack ${1001 + 1000 * i}`).join('\n');
    play(one, `50 * write 10000\n${flight(50, 1, 10, true)}\n${acks}`);
    expect(one.sender.window.cwnd).toBe(20);
    play(one, `5000 * write 30000\n${flight(5000, 10_001, 10)}`);
    expect(one.sender.window.cwnd).toBe(10);
  });
});

it('counts segments, or acknowledgements by the book, when one covers several', () => {
  const script = `50 * write 10000\n${flight(50, 1, 10, true)}\n90 < . 1 ack 5001`;
  const [linux, book] = [establishedOf('linux'), establishedOf('textbook')];
  play(linux, script);
  play(book, script);
  expect([linux.sender.window.cwnd, book.sender.window.cwnd]).toEqual([15, 11]);
});

it('sends no further than the receiver allows, and no silly rest', () => {
  play(
    establishedOf('linux', {}, 2_500),
    `50 * write 9000\n${flight(50, 1, 2)}\n90 < . 1 ack 1001 win 2500\n${flight(90, 2001, 1)}`,
  );
});

it('cuts what is out anew when the path turns out narrower', () => {
  const one = establishedOf('linux');
  play(one, `50 * write 2000\n${flight(50, 1, 2, true)}`);
  one.onPathMtu(600);
  play(
    one,
    `
    60 * read
    60 >  .    1+600 ack 1 why retransmission-in-shorter-pieces
    60 >  .  601+400 ack 1 why retransmission-in-shorter-pieces
    60 >  . 1001+600 ack 1
    60 > P. 1601+400 ack 1
    99 <  . 1 ack 2001
  `,
  );
  expect(one.sender.scoreboard.inFlight).toBe(0);
  expect(one.sender.window.cwnd).toBeGreaterThanOrEqual(10); // it was no congestion
});
