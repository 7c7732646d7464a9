// The same questions, asked of exchanges that went otherwise than those that are recorded.

import { expect, it } from 'vitest';
import { createAnalyzer } from '../capture/analyzer.ts';
import type { Capture } from '../capture/capture.ts';
import { SERVER_CLIENT } from '../capture/clients.ts';
import type { Direction, TapRecord } from '../capture/record.ts';
import { micros } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { HTTP_GRADERS } from './http-graders.ts';

type Said = readonly [connection: number, direction: Direction, text: string];

const at = (ms: number) => micros(ms * 1_000);

/** What was said in that order, 10 ms apart; `who` says at the end that it is over. */
function captureOf(who: string, said: readonly Said[], closedBy?: 'client' | 'server'): Capture {
  const numbers = [...new Set(said.map(([connection]) => connection))];
  const server = { address: '127.0.0.1', port: 80 };
  const end = at(10 * said.length + 10);
  const note = { kind: 'note', lane: 'main', who, message: '', errorMicros: 0 } as const;
  const records: TapRecord[] = [
    ...numbers.map((connection): TapRecord => {
      const client = { address: '127.0.0.1', port: 5_000 + connection };
      return { kind: 'open', seq: 0, at: at(0), connection, lane: 'main', client, server };
    }),
    ...said.map(([connection, direction, text], i): TapRecord => {
      const bytes = encodeUtf8(text.replaceAll('\n', '\r\n'));
      return { kind: 'chunk', seq: 0, at: at(10 * i), connection, direction, bytes };
    }),
    ...(closedBy
      ? numbers.map((connection): TapRecord => {
          return { kind: 'close', seq: 0, at: end, connection, by: closedBy, how: 'fin' };
        })
      : []),
    { ...note, seq: 0, at: end, what: 'disconnected', wroteAt: end },
  ];
  const analyzer = createAnalyzer({ provenance: 'observed' });
  records.forEach((record, i) => {
    analyzer.push({ ...record, seq: i + 1 });
  });
  return analyzer.capture();
}

const ask = (line: string, body = ''): string =>
  `${line} HTTP/1.1\nHost: lab\n${body ? `Content-Length: ${encodeUtf8(body).length}\n` : ''}\n${body}`;
const answer = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\nContent-Length: ${body.length}\n\n${body}`;
const graded = (name: string, capture: Capture): string | undefined =>
  HTTP_GRADERS[name]?.(capture)?.answer;

const NOTES = ask('GET /lab/a/main/notes');
const OK = answer('200 OK', 'x');

it('counts connections', () => {
  const each = captureOf('browser', [
    [1, 'up', NOTES],
    [1, 'down', OK],
    [2, 'up', NOTES],
    [2, 'down', OK],
  ]);
  expect(graded('http-connections', each)).toBe('each');
  expect(graded('http-second-reading', each)).toBe('again');
});

it('sees a connection end with a 404', () => {
  const last = captureOf('browser', [
    [1, 'up', NOTES],
    [1, 'down', answer('404 Not Found', '')],
  ]);
  expect(graded('http-after-missing', last)).toBe('closed');
});

it.each([
  ['length', answer('200 OK', 'Once')],
  ['close', 'HTTP/1.1 200 OK\n\nOnce'],
  ['chunks', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nOnce\n0\n\n'],
])('reads what says where the story ends: %s', (end, story) => {
  const said = captureOf(
    'browser',
    [
      [1, 'up', ask('GET /lab/a/main/story')],
      [1, 'down', story],
    ],
    'server',
  );
  expect(graded('http-story-end', said)).toBe(end);
});

it.each([
  ['either', 'Guten Tag'],
  ['bytes', 'Grüße'],
])('says what the length of a note counts: %s', (what, note) => {
  const posted = captureOf('browser', [
    [1, 'up', ask('POST /lab/a/main/notes', note)],
    [1, 'down', answer('201 Created', '')],
  ]);
  expect(graded('http-note-length', posted)).toBe(what);
});

it('sees requests that came apart, and a connection that was kept after 400', () => {
  const apart = captureOf(SERVER_CLIENT, [
    [1, 'up', NOTES],
    [1, 'up', NOTES],
    [1, 'down', answer('400 Bad Request', '')],
    [1, 'down', OK],
  ]);
  expect(graded('raw-one-piece', apart)).toBe('apart');
  expect(graded('raw-after-refusal', apart)).toBe('kept');
  expect(graded('raw-statuses', apart)).toBe('400-200');
});

it('asks neither of the two about the other’s run', () => {
  const said: readonly Said[] = [
    [1, 'up', NOTES],
    [1, 'down', OK],
  ];
  expect(graded('raw-statuses', captureOf('browser', said))).toBeUndefined();
  expect(graded('http-connections', captureOf(SERVER_CLIENT, said))).toBeUndefined();
});
