import { describe, expect, it } from 'vitest';
import { connectionOf, establishedOf } from '../testing/connections.ts';
import { play } from '../testing/script.ts';
import { step, TRANSITIONS } from './states.ts';

/** RFC 9293 §3.3.2, Figure 5, read row by row from the figure; notes 1 and 2 with it. */
const FIGURE_5 = `
  CLOSED -> LISTEN, CLOSED -> SYN-SENT, LISTEN -> SYN-RECEIVED, LISTEN -> SYN-SENT, LISTEN -> CLOSED,
  SYN-SENT -> SYN-RECEIVED, SYN-SENT -> ESTABLISHED, SYN-SENT -> CLOSED,
  SYN-RECEIVED -> LISTEN, SYN-RECEIVED -> ESTABLISHED, SYN-RECEIVED -> FIN-WAIT-1,
  ESTABLISHED -> FIN-WAIT-1, ESTABLISHED -> CLOSE-WAIT,
  FIN-WAIT-1 -> FIN-WAIT-2, FIN-WAIT-1 -> CLOSING, FIN-WAIT-1 -> TIME-WAIT,
  CLOSE-WAIT -> LAST-ACK, FIN-WAIT-2 -> TIME-WAIT, CLOSING -> TIME-WAIT,
  LAST-ACK -> CLOSED, TIME-WAIT -> CLOSED
`;

it('is the figure of the RFC, with nothing added and nothing left out', () => {
  const figure = FIGURE_5.trim()
    .split(/,\s+/)
    .map((row) => row.trim());
  const table = TRANSITIONS.map(({ from, to }) => `${from} -> ${to}`);
  expect([...table].sort()).toEqual([...figure].sort());
  const keys = TRANSITIONS.map(({ from, on }) => `${from} ${on}`);
  expect(new Set(keys).size).toBe(keys.length);
});

it('refuses a step that is not in it', () => {
  expect(() => step('CLOSED', 'rcv FIN')).toThrow('no transition from CLOSED on "rcv FIN"');
});

describe('the connection walks every row', () => {
  it('opens actively and closes first', () => {
    const client = connectionOf('textbook');
    play(client, '0 * open\n 0 > S 0\n 40 < S. 0 ack 1 mss 1000\n 40 > . 1 ack 1');
    expect(client.state).toBe('ESTABLISHED');
    play(client, '50 * close\n 50 > F. 1 ack 1');
    expect(client.state).toBe('FIN-WAIT-1');
    play(client, '90 < . 1 ack 2');
    expect(client.state).toBe('FIN-WAIT-2');
    play(client, '95 < F. 1 ack 2\n 95 > . 2 ack 2');
    expect(client.state).toBe('TIME-WAIT');
    // The peer did not get that ACK: its FIN comes again, and 2 MSL begin anew (§3.10.7.4).
    play(client, '99 < F. 1 ack 2\n 99 > . 2 ack 2');
    play(client, '240098 < . 2 ack 2');
    expect(client.state).toBe('TIME-WAIT');
    play(client, '240100 * close');
    expect([client.state, client.ending]).toEqual(['CLOSED', undefined]);
  });

  it('opens passively and closes last', () => {
    const server = connectionOf('textbook');
    play(server, '0 * listen\n 9 < S 0 mss 1000\n 9 > S. 0 ack 1');
    expect(server.state).toBe('SYN-RECEIVED');
    play(server, '20 < . 1 ack 1');
    expect(server.state).toBe('ESTABLISHED');
    play(server, '30 < F. 1 ack 1\n 30 > . 1 ack 2');
    expect(server.state).toBe('CLOSE-WAIT');
    play(server, '35 * close\n 35 > F. 1 ack 2');
    expect(server.state).toBe('LAST-ACK');
    play(server, '40 < . 2 ack 2');
    expect([server.state, server.ending]).toEqual(['CLOSED', undefined]);
  });

  it('opens from both sides at once (Figure 8)', () => {
    const one = connectionOf('textbook');
    play(one, '0 * open\n 0 > S 0\n 5 < S 0 mss 1000\n 5 > S. 0 ack 1');
    expect(one.state).toBe('SYN-RECEIVED');
    play(one, '9 < S. 0 ack 1 mss 1000');
    expect(one.state).toBe('ESTABLISHED');
  });

  it('closes from both sides at once (Figure 13)', () => {
    const one = establishedOf('textbook');
    play(one, '50 * close\n 50 > F. 1 ack 1\n 60 < F. 1 ack 1\n 60 > . 2 ack 2');
    expect(one.state).toBe('CLOSING');
    play(one, '90 < . 2 ack 2');
    expect(one.state).toBe('TIME-WAIT');
  });

  it('goes over FIN-WAIT-2 in one step when FIN and ACK come together', () => {
    const one = establishedOf('textbook');
    play(one, '50 * close\n 50 > F. 1 ack 1\n 60 < F. 1 ack 2\n 60 > . 2 ack 2');
    expect(one.state).toBe('TIME-WAIT');
  });

  it('opens, sends and closes from LISTEN and SYN-SENT', () => {
    const listener = connectionOf('textbook');
    play(listener, '0 * listen\n 1 * close');
    expect(listener.state).toBe('CLOSED');
    const sender = connectionOf('textbook');
    play(sender, '0 * listen\n 1 * write 5\n 1 > S 0');
    expect(sender.state).toBe('SYN-SENT');
    play(sender, '2 * close');
    expect(sender.state).toBe('CLOSED');
  });

  it('closes before it is open: the FIN follows the SYN', () => {
    const server = connectionOf('textbook');
    play(server, '0 * listen\n 9 < S 0 mss 1000\n 9 > S. 0 ack 1\n 10 * close\n 10 > F. 1 ack 1');
    expect(server.state).toBe('FIN-WAIT-1');
    play(server, '20 < . 1 ack 2');
    expect(server.state).toBe('FIN-WAIT-2');
  });
});

describe('resets', () => {
  it('returns a passive opening to LISTEN, and ends an active one', () => {
    const server = connectionOf('textbook');
    play(server, '0 * listen\n 9 < S 0 mss 1000\n 9 > S. 0 ack 1\n 10 < R 1');
    expect(server.state).toBe('LISTEN');
    const client = connectionOf('textbook');
    play(client, '0 * open\n 0 > S 0\n 5 < R. 0 ack 1');
    expect([client.state, client.ending]).toEqual(['CLOSED', 'refused']);
  });

  it('believes only the very next number (RFC 5961): else it asks', () => {
    const one = establishedOf('textbook');
    play(one, '50 < R 500\n 50 > . 1 ack 1 why challenge\n 60 < S 500\n 1000 < R 90000');
    expect(one.state).toBe('ESTABLISHED');
    play(one, '1010 < R 1');
    expect([one.state, one.ending]).toEqual(['CLOSED', 'reset by peer']);
  });

  it('answers an impossible acknowledgement of its SYN with a reset', () => {
    const client = connectionOf('textbook');
    play(client, '0 * open\n 0 > S 0\n 5 < S. 0 ack 300\n 5 > R 300');
    expect(client.state).toBe('SYN-SENT');
  });

  it('aborts with a reset', () => {
    const one = establishedOf('textbook');
    play(one, '50 * write 10\n 50 > P. 1+10 ack 1\n 60 * abort\n 60 > R. 11 ack 1');
    expect([one.state, one.ending]).toEqual(['CLOSED', 'aborted']);
  });
});
