import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../capture/analyzer.ts';
import type { TapRecord } from '../capture/record.ts';
import { micros } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { fourTuplesAt } from './four-tuples.ts';

const SERVER = { address: '192.0.2.7', port: 80 };
const opened = (connection: number, at: number, address: string, port: number): TapRecord => ({
  kind: 'open',
  seq: connection,
  at: micros(at),
  connection,
  lane: 'main',
  client: { address, port },
  server: SERVER,
});

/** Two clients of one computer and one of another; the second hangs up at 50 µs. */
function capture() {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  analyzer.push(opened(1, 10, '192.0.2.1', 5001));
  analyzer.push(opened(2, 20, '192.0.2.1', 5002));
  analyzer.push(opened(3, 30, '192.0.2.9', 5001));
  const bytes = encodeUtf8('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  analyzer.push({
    kind: 'chunk',
    seq: 4,
    at: micros(40),
    connection: 3,
    direction: 'up',
    bytes,
  });
  analyzer.push({
    kind: 'close',
    seq: 5,
    at: micros(50),
    connection: 2,
    by: 'client',
    how: 'fin',
  });
  return analyzer.capture();
}

describe('the four values at the playhead', () => {
  it('counts equal and different values of the connections opened so far', () => {
    const now = fourTuplesAt(capture(), 25);
    expect(now.rows.map(({ id }) => id)).toEqual([1, 2]);
    expect(now.different).toEqual({
      'client-address': 1,
      'client-port': 2,
      'server-address': 1,
      'server-port': 1,
    });
    expect(now.tuples).toBe(2);
  });

  it('takes the same port at another address for another tuple', () => {
    const now = fourTuplesAt(capture(), 30);
    expect(now.different['client-address']).toBe(2);
    expect(now.different['client-port']).toBe(2);
    expect(now.tuples).toBe(3);
  });

  it('has a connection open until it is closed, and its frame once that has passed', () => {
    expect(fourTuplesAt(capture(), 49).rows.map(({ isOpen }) => isOpen)).toEqual([
      true,
      true,
      true,
    ]);
    expect(fourTuplesAt(capture(), 50).rows.map(({ isOpen }) => isOpen)).toEqual([
      true,
      false,
      true,
    ]);
    expect(fourTuplesAt(capture(), 39).rows[2]?.frame).toBeUndefined();
    expect(fourTuplesAt(capture(), 40).rows[2]).toMatchObject({ frame: 0, role: 'http' });
  });

  it('shows nothing before the first connection', () => {
    expect(fourTuplesAt(capture(), 9).rows).toEqual([]);
  });
});
