import { expect, it } from 'vitest';
import { seconds } from '../../lib/time.ts';
import { connectionOf, establishedOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';

it('opens in three segments', () => {
  const client = connectionOf('linux');
  play(
    client,
    `
     0 * open
     0 > S  0        win 65000 mss 1000   // 65535, in whole segments
    40 < S. 0 ack 1  mss 1000
    40 > .  1 ack 1
  `,
  );
  expect(client.state).toBe('ESTABLISHED');
});

it('backs off while nobody answers (RFC 6298, 5.5)', () => {
  const client = connectionOf('textbook');
  play(
    client,
    `
        0 * open
        0 > S 0
     1000 > S 0
     3000 > S 0
     7000 > S 0
    15000 > S 0
  `,
  );
});

it('waits a second each for the first SYNs, as Linux does, and gives up at last', () => {
  const client = connectionOf('linux', { timerWheel: false });
  play(
    client,
    `
         0 * open
         0 > S 0
      1000 > S 0
      2000 > S 0
      3000 > S 0
      4000 > S 0
      5000 > S 0   // five intervals of a second, then they double
      7000 > S 0
     11000 > S 0
     19000 > S 0
     35000 > S 0
     67000 > S 0   // ip-sysctl.txt: the last one after 67 s
    130999 * read
  `,
  );
  expect(client.state).toBe('SYN-SENT');
  play(client, '131000 * read'); // and the end after 131 s
  expect([client.state, client.ending]).toEqual(['CLOSED', 'timed out']);
});

it('ignores an acknowledgement of something it never sent', () => {
  const one = establishedOf('textbook');
  play(one, '50 * write 10\n 50 > P. 1+10 ack 1\n 60 < . 1 ack 500\n 60 > . 11 ack 1');
  expect(one.sender.una).toBe(1);
});

it('acknowledges every second segment, and a lone one after 200 ms, by the book', () => {
  play(
    establishedOf('textbook'),
    `
     50 < .    1+1000 ack 1
     60 < . 1001+1000 ack 1
     60 > .    1 ack 2001
     70 < . 2001+1000 ack 1
    270 > .    1 ack 3001
  `,
  );
});

it('acknowledges at once in quick mode, later after 40 ms, as Linux does', () => {
  const quick = Array.from({ length: 16 }, (_, i) => {
    const [at, end] = [1 + i * 600, 1 + (i + 1) * 600];
    return `${50 + i} < . ${at}+600 ack 1\n ${50 + i} > . 1 ack ${end}`;
  });
  const one = establishedOf('linux', { receiveBuffer: 64_000, maxReceiveBuffer: 64_000 });
  play(one, `${quick.join('\n')}\n 70 < . 9601+600 ack 1\n 112 > . 1 ack 10201`);
});

it('answers beyond a gap at once, and says with SACK what it has (RFC 2018)', () => {
  play(
    establishedOf('linux'),
    `
     50 < . 1001+1000 ack 1
     50 > .    1 ack 1    sack 1001-2001
     60 < . 4001+1000 ack 1
     60 > .    1 ack 1    sack 4001-5001,1001-2001   // the latest first
     70 < . 2001+1000 ack 1
     70 > .    1 ack 1    sack 1001-3001,4001-5001
     80 < .    1+1000 ack 1
     80 > .    1 ack 3001 sack 4001-5001
     90 < .    1+1000 ack 1
     90 > .    1 ack 3001 sack 1-1001,4001-5001      // RFC 2883: this came twice
    100 < . 3001+1000 ack 1
    100 > .    1 ack 5001
  `,
  );
});

it('holds a small segment back while another is out (Nagle), unless told not to', () => {
  const script = `
     50 * write 10
     50 > P.  1+10 ack 1
     60 * write 20
     70 * write 30
     90 < .   1 ack 11
     90 > P. 11+50 ack 1
  `;
  play(establishedOf('textbook'), script);
  play(establishedOf('linux'), script);
  play(
    establishedOf('linux', { nagle: 'off' }),
    '50 * write 10\n 50 > P. 1+10 ack 1\n 60 * write 20\n 60 > P. 11+20 ack 1',
  );
});

it('tells the two kinds of Nagle apart: Linux lets one small segment follow full ones', () => {
  play(establishedOf('linux'), '50 * write 1010\n 50 > . 1+1000 ack 1\n 50 > P. 1001+10 ack 1');
  play(establishedOf('textbook'), '50 * write 1010\n 50 > . 1+1000 ack 1');
});

it('asks a closed window with a byte, twice as late each time (RFC 9293 §3.8.6.1)', () => {
  play(
    establishedOf('textbook', {}, 1000),
    `
      50 * write 3000
      50 > .    1+1000 ack 1
      90 < .    1 ack 1001 win 0
    1090 > . 1001+1    ack 1 why window-probe
    1091 < .    1 ack 1001 win 0
    3090 > . 1001+1    ack 1 why window-probe
    3091 < .    1 ack 1001 win 0
    5000 < .    1 ack 1001 win 5000
    5000 > . 1001+1000 ack 1
    5000 > P. 2001+1000 ack 1
  `,
  );
});

it('asks a closed window with an old number, as Linux does', () => {
  play(
    establishedOf('linux', {}, 1000),
    `
      50 * write 1500
      50 > .    1+1000 ack 1
      90 < .    1 ack 1001 win 0
     332 > . 1000 ack 1 why window-probe   // 40 ms and 200 ms, up to the next tick
     333 < .    1 ack 1001 win 0
     824 > . 1000 ack 1 why window-probe
     900 < .    1 ack 1001 win 400         // too small for the 500 that wait: silly
     910 < .    1 ack 1001 win 500
     910 > P. 1001+500 ack 1
  `,
  );
});

it('closes its window as the program stops reading, and opens it by much or not at all', () => {
  const one = establishedOf('textbook', { receiveBuffer: 4000, maxReceiveBuffer: 4000 });
  play(
    one,
    `
     50 < .    1+1000 ack 1
     60 < . 1001+1000 ack 1
     60 > .    1 ack 2001 win 2000
     70 < . 2001+1000 ack 1
     80 < . 3001+1000 ack 1
     80 > .    1 ack 4001 win 0
     90 * read 500
    100 < . 4001+1 ack 1                  // a probe: the 500 are too few to tell of
    100 > .    1 ack 4001 win 0
    110 * read 1500
    110 > .    1 ack 4001 win 2000
  `,
  );
});

it('takes no segment from before, by its timestamp (PAWS, RFC 7323 §5)', () => {
  const one = connectionOf('textbook', { timestamps: true });
  play(
    one,
    `
      0 * open
      0 > S  0
     40 < S. 0 ack 1 mss 1000 ts 500:0
     40 > .  1 ack 1
     50 < .  1+988 ack 1 ts 510:0
    250 > .  1 ack 989
    260 < .  989+988 ack 1 ts 400:0
    260 > .  1 ack 989
  `,
  );
  expect(one.sender.mss).toBe(988);
});

it('keeps a silent connection alive, and ends it when nobody answers', () => {
  const one = establishedOf('linux', {
    keepAliveIdle: seconds(100),
    keepAliveProbes: 2,
    timerWheel: false,
  });
  play(
    one,
    `
    100040 > . 0 ack 1 why keep-alive
    100080 < . 1 ack 1
    200080 > . 0 ack 1 why keep-alive
    275080 > . 0 ack 1 why keep-alive
    350080 > R. 1 ack 1
  `,
  );
  expect(one.ending).toBe('timed out');
});

it('reads on after it closed: a half-close', () => {
  const one = establishedOf('textbook');
  play(
    one,
    `
     50 * close
     50 > F. 1 ack 1
     90 < .  1 ack 2
    100 < .  1+1000 ack 2
    110 < .  1001+1000 ack 2
    110 > .  2 ack 2001
    120 < F. 2001 ack 2
    120 > .  2 ack 2002
  `,
  );
  expect(one.receiver.buffer.unreadBytes).toBe(2000);
  expect(one.state).toBe('TIME-WAIT');
});

it('offers nothing rather than a silly little, also where windows are scaled', () => {
  const buffers = { receiveBuffer: 4000, maxReceiveBuffer: 4000 };
  play(
    connectionOf('linux', { ...buffers, windowScale: 1 }),
    `
      0 * open
      0 > S  0
     40 < S. 0 ack 1 mss 1000 wscale 0 sackok
     40 > .  1 ack 1
     50 < .    1+1000 ack 1
     50 > .    1 ack 1001 win 1500   // 3000, in units of two
     60 < . 1001+1000 ack 1
     60 > .    1 ack 2001 win 1000
     70 < . 2001+1000 ack 1          // so small a window makes for two quick ones only
     80 < . 3001+1000 ack 1
     80 > .    1 ack 4001 win 0
     90 * read 500
    100 < . 4000 ack 1               // a probe
    100 > .    1 ack 4001 win 0
    110 * read 1500
    110 > .    1 ack 4001 win 1000
  `,
  );
});

it('begins with one segment after two lost SYNs, as Linux does, or after one by the book', () => {
  const lost = (profile: 'linux' | 'textbook', script: string) => {
    const one = connectionOf(profile, { timerWheel: false });
    play(one, script);
    return one.sender.window.cwnd;
  };
  const first = '0 * open\n 0 > S 0\n 1000 > S 0\n';
  const once = `${first} 1040 < S. 0 ack 1 mss 1000 sackok\n 1040 > . 1 ack 1`;
  const twice = `${first} 2000 > S 0\n 2040 < S. 0 ack 1 mss 1000 sackok\n 2040 > . 1 ack 1`;
  expect(lost('linux', once)).toBe(10);
  expect(lost('linux', twice)).toBe(1);
  expect(lost('textbook', once)).toBe(1);
});

it('says the first three times at once what lies beyond a gap, then once a millisecond', () => {
  const buffers = { receiveBuffer: 60_000, maxReceiveBuffer: 60_000 };
  const one = establishedOf('linux', { ...buffers, quickAcks: 0 });
  one.receiver.window.onRoundTrip(40_000, false);
  play(
    one,
    `
      50 <    . 1001+1000 ack 1
      50 >    . 1 ack 1 sack 1001-2001
      50.1 <  . 2001+1000 ack 1
      50.1 >  . 1 ack 1 sack 1001-3001
      50.2 <  . 3001+1000 ack 1
      50.2 >  . 1 ack 1 sack 1001-4001
      50.3 <  . 4001+1000 ack 1
      50.4 <  . 5001+1000 ack 1
      50.5 <  . 6001+1000 ack 1
      51.3 >  . 1 ack 1 sack 1001-7001
      51.4 <  . 7001+1000 ack 1
      51.6 <  . 1+1000 ack 1               // the gap is closed: at once
      51.6 >  . 1 ack 8001
  `,
  );
});
