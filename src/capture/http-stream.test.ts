// HTTP/1.1 on a connection: where messages end and what they carry.

import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concat } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import type { Capture, Frame } from './capture.ts';
import { captureOf, down, POLL, recordsOf, type Said, up } from './testing/records.ts';
import { unexplained } from './unexplained.ts';

const captured = (...said: Said[]): Capture => captureOf(recordsOf(said));
const summaries = ({ frames }: Capture): string[] =>
  frames.map(({ layers }) => layers.map(({ summary }) => summary).join(' | '));
const problems = ({ frames }: Capture): string[] =>
  frames.flatMap(({ layers }) => layers.flatMap((layer) => layer.problems.map(({ code }) => code)));
const answered = (code: number, more = ''): Said => down(`HTTP/1.1 ${code} X\r\n${more}\r\n`);
const get = (method = 'GET'): Said => up(`${method} / HTTP/1.1\r\n\r\n`);
const origins = (frame: Frame | undefined): string[] =>
  frame?.sources.map(({ origin }) => origin) ?? [];

describe('where a message ends', () => {
  it.each([204, 304])('a %i has no body, whatever its head says', (code) => {
    const capture = captured(get(), answered(code, 'Content-Length: 9\r\n'), get(), answered(204));
    expect(summaries(capture)).toEqual(['GET /', `${code} X`, 'GET /', '204 X']);
  });

  it('the answer to HEAD has no body', () => {
    const capture = captured(
      get('HEAD'),
      answered(200, 'Content-Length: 9\r\n'),
      get(),
      answered(204),
    );
    expect(summaries(capture)).toEqual(['HEAD /', '200 X', 'GET /', '204 X']);
  });

  it('a body without a length lasts until the connection ends', () => {
    const capture = captured(get(), answered(200), down('all of '), down('this'));
    expect(capture.frames.at(-1)?.sources[0]?.bytes.length).toBe(18 + 11);
    expect(problems(capture)).toEqual([]);
  });

  it('pipelined requests get their answers in order', () => {
    const { bytes } = up(`${POLL}${POLL.replace('GET', 'OPTIONS')}${POLL}`);
    const poll = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2';
    const capture = captured({ direction: 'up', bytes }, down(poll), answered(204), down(poll));
    const paired = capture.pairs.filter(({ kind }) => kind === 'request-response');
    expect(paired.map(({ from, to }) => [from.frame, to.frame])).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it('100 Continue comes before the answer and is not it', () => {
    const capture = captured(
      up('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n'),
      answered(100),
      up('hi'),
      answered(204),
    );
    expect(summaries(capture)).toEqual(['100 X', 'POST /', '204 X']);
    expect(capture.pairs.map(({ from, to }) => [from.frame, to.frame])).toEqual([[1, 2]]);
  });

  it('an answer may come before the end of the question', () => {
    const capture = captured(
      up('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nh'),
      answered(413, 'Content-Length: 0\r\n'),
      up('i'),
    );
    expect(capture.pairs.map(({ from, to }) => [from.frame, to.frame])).toEqual([[1, 0]]);
  });
});

describe('what a body is wrapped in', () => {
  const CHUNKS = '2;note=1\r\n42\r\nb\r\n["hello",1]\r\n0\r\nX-End: 1\r\n\r\n';

  it('chunks are put together and every byte around them is a field', () => {
    const capture = captured(
      up(POLL),
      answered(200, 'Transfer-Encoding: chunked\r\n'),
      down(CHUNKS),
      up(POLL),
      answered(204),
    );
    const frame = capture.frames[1];
    expect(summaries(capture)[1]).toBe('200 X | message | event "hello"');
    expect(origins(frame)).toEqual(['wire', 'dechunked']);
    expect(frame && unexplained(frame)).toEqual([]);
    expect(capture.frames).toHaveLength(4);
  });

  it.each([
    { coding: 'gzip', squeeze: gzipSync },
    { coding: 'deflate', squeeze: deflateSync },
    { coding: 'deflate', squeeze: deflateRawSync },
  ])('$coding is undone', ({ coding, squeeze }) => {
    const body = Uint8Array.from(squeeze('42["hello"]\x1e2'));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const capture = captured(up(POLL), down(concat(encodeUtf8(head), body)));
    const frame = capture.frames[1];
    expect(summaries(capture)[1]).toBe('200 OK | message | event "hello" | ping');
    expect(origins(frame)).toEqual(['wire', 'inflated']);
    expect(frame && unexplained(frame)).toEqual([]);
  });

  it.each([
    { name: 'a bomb', coding: 'gzip', body: gzipSync(new Uint8Array(1 << 23)) },
    { name: 'a broken body', coding: 'gzip', body: gzipSync('hello').subarray(0, 12) },
    { name: 'an unknown coding', coding: 'br', body: Buffer.from('hello') },
  ])('$name stays compressed, and says so', ({ coding, body }) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const capture = captured(
      up(POLL),
      down(concat(encodeUtf8(head), Uint8Array.from(body))),
      up(POLL),
      answered(204),
    );
    expect(problems(capture)).toEqual(['http/bad-content-encoding']);
    expect(capture.frames).toHaveLength(4);
    for (const frame of capture.frames) expect(unexplained(frame)).toEqual([]);
  });
});

describe('what is no HTTP', () => {
  it.each([
    { name: 'a bad first line', said: 'HELLO\r\n\r\nrest', code: 'http/bad-start-line' },
    {
      name: 'a header without a colon',
      said: 'GET / HTTP/1.1\r\nHost\r\n\r\nrest',
      code: 'http/bad-header',
    },
    {
      name: 'a blank before the colon',
      said: 'GET / HTTP/1.1\r\nHost : x\r\n\r\nrest',
      code: 'http/bad-header',
    },
    {
      name: 'two lengths',
      said: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nrest',
      code: 'http/bad-content-length',
    },
    {
      name: 'length and chunks',
      said: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nrest',
      code: 'http/ambiguous-length',
    },
    {
      name: 'another transfer encoding',
      said: 'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nrest',
      code: 'http/unknown-transfer-encoding',
    },
    {
      name: 'a huge length',
      said: 'POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\nrest',
      code: 'http/too-big',
    },
    {
      name: 'too many chunks',
      said: `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(10_001)}rest`,
      code: 'http/too-many-chunks',
    },
    {
      name: 'a bad chunk',
      said: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nrest',
      code: 'http/bad-chunk',
    },
  ])('$name ends the reading, and the rest is one frame', ({ said, code }) => {
    const capture = captured(up(said), up(' and more'));
    expect(problems(capture)).toEqual([code, 'http/out-of-step']);
    const rest = capture.frames.at(-1);
    expect(new TextDecoder().decode(rest?.sources[0]?.bytes)).toBe('rest and more');
    for (const frame of capture.frames) expect(unexplained(frame)).toEqual([]);
  });

  it.each(['GET / HT', 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc'])(
    '%j is cut off',
    (said) => {
      expect(problems(captured(up(said)))).toEqual(['http/truncated']);
    },
  );

  it('a head without an end is given up', () => {
    const capture = captured(up(`GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`));
    expect(problems(capture)).toEqual(['http/head-too-long', 'http/out-of-step']);
  });
});

it('explains every header’s value in its own words', () => {
  const [frame] = captured(up('GET / HTTP/1.1\r\nhOsT: a:1\r\nX-Mine:2 \r\n\r\n')).frames;
  const values = frame?.layers[0]?.fields.filter(({ spec }) => /host|value/.test(spec.key));
  expect(values?.map(({ spec, value }) => [spec.key, value])).toEqual([
    ['http.host', 'a:1'],
    ['http.header.value', '2'],
  ]);
});

it('base64 that is none is shown as it is, and says so', () => {
  const capture = captured(up(POLL), down('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbAA=x'));
  expect(problems(capture)).toEqual(['engineio/bad-base64']);
  for (const frame of capture.frames) expect(unexplained(frame)).toEqual([]);
});
