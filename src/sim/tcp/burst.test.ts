import { it } from 'vitest';
import { establishedOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';

it('marks the last of two with PSH, for no more are sent in one at so low a rate', () => {
  play(
    establishedOf('linux', { bursts: true, initialWindow: 5 }),
    `
      50 * write 9000
      50 > .     1+1000 ack 1
      50 > P. 1001+1000 ack 1
      50 > .  2001+1000 ack 1
      50 > P. 3001+1000 ack 1
      50 > .  4001+1000 ack 1   // cwnd has room for one: no burst, no PSH
      91 < .     1 ack 1001
      91 > .  5001+1000 ack 1
      91 > P. 6001+1000 ack 1
  `,
  );
});

it('lets half the window leave in one at most', () => {
  play(
    establishedOf('linux', { bursts: true, initialWindow: 2 }),
    '50 * write 9000\n 50 > . 1+1000 ack 1\n 50 > . 1001+1000 ack 1',
  );
});

it('marks only the end of what the program wrote by the book', () => {
  play(
    establishedOf('textbook'),
    '50 * write 3000\n 50 > . 1+1000 ack 1\n 50 > . 1001+1000 ack 1\n 50 > P. 2001+1000 ack 1',
  );
});
