// Where requests begin and end: what is refused because two readers could differ, and that cuts do not matter.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, EMPTY } from '../../src/lib/bytes.ts';
import { MAX_HEAD } from './request-head.ts';
import { RequestScanner, type Scanned } from './request-scanner.ts';

const bytesOf = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A head of these lines, with the empty line that ends it. */
const head = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const GET = 'GET /lab/a/main/ HTTP/1.1';
const POST = 'POST /lab/a/main/ HTTP/1.1';
const HOST = 'Host: lab';

const AMBIGUOUS: readonly (readonly [string, string])[] = [
  ['a bare LF', `${GET}\n${HOST}\r\n\r\n`],
  ['only LFs', `${GET}\n${HOST}\n\n`],
  ['a bare CR', head(GET, HOST, 'A: b\rc')],
  ['an empty line before the request', `\r\n${head(GET, HOST)}`],
  ['a continued line', head(GET, HOST, 'A: b', ' c')],
  ['a line continued by a tab', head(GET, HOST, 'A: b', '\tc')],
  ['a space before the colon', head(GET, HOST, 'Content-Length : 5')],
  ['a header without a name', head(GET, HOST, ': b')],
  ['a header without a colon', head(GET, HOST, 'A')],
  ['CL and TE', head(POST, HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked')],
  ['two CLs', head(POST, HOST, 'Content-Length: 5', 'Content-Length: 5')],
  ['a CL that is a list', head(POST, HOST, 'Content-Length: 5, 5')],
  ['a negative CL', head(POST, HOST, 'Content-Length: -5')],
  ['a signed CL', head(POST, HOST, 'Content-Length: +5')],
  ['a hexadecimal CL', head(POST, HOST, 'Content-Length: 0x5')],
  ['an empty CL', head(POST, HOST, 'Content-Length:')],
  ['a CL after a vertical tab', head(POST, HOST, 'Content-Length: \x0b5')],
  ['a CL after a no-break space', head(POST, HOST, 'Content-Length: \xa05')],
  ['a huge CL', head(POST, HOST, 'Content-Length: 99999999999')],
  ['TE: gzip', head(POST, HOST, 'Transfer-Encoding: gzip')],
  ['TE: gzip, chunked', head(POST, HOST, 'Transfer-Encoding: gzip, chunked')],
  ['two TEs', head(POST, HOST, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
  ['TE: chunked after a vertical tab', head(POST, HOST, 'Transfer-Encoding: \x0bchunked')],
  ['no Host', head(GET, 'A: b')],
  ['two Hosts', head(GET, HOST, HOST)],
  ['absolute-form', head('GET http://lab/lab/a/main/ HTTP/1.1', HOST)],
  ['authority-form', head('CONNECT lab:80 HTTP/1.1', HOST)],
  ['asterisk-form', head('OPTIONS * HTTP/1.1', HOST)],
  ['HTTP/1.0', head('GET / HTTP/1.0', HOST)],
  ['HTTP/2.0', head('PRI * HTTP/2.0')],
  ['two spaces in the request line', head('GET  / HTTP/1.1', HOST)],
  ['a tab in the request line', head('GET\t/ HTTP/1.1', HOST)],
  ['a NUL in a value', head(GET, HOST, 'A: b\0c')],
  ['a NUL in the target', head('GET /\0 HTTP/1.1', HOST)],
  ['a byte over 127 in the target', head('GET /\xe9 HTTP/1.1', HOST)],
  ['a whole oversize head', head(GET, HOST, `A: ${'a'.repeat(MAX_HEAD)}`)],
  ['an oversize head without end', `${GET}\r\n${HOST}\r\nA: ${'a'.repeat(MAX_HEAD)}`],
];

const MALFORMED_CHUNKS: readonly (readonly [string, string])[] = [
  ['a size that is not hexadecimal', 'x\r\n'],
  ['a size with a space', '5 \r\n'],
  ['a size with 0x', '0x5\r\n'],
  ['an empty size', '\r\n'],
  ['a bare LF after the size', '5\nabcde\r\n'],
  ['more data than the size', '2\r\nabc\r\n'],
  ['a bare LF after the data', '2\r\nab\n'],
  ['a size line without end', '5;'.padEnd(2_000, 'a')],
  ['a bare LF at the end', '0\r\n\n'],
];

/** Every cut of one byte, so that no decision can wait for what is in the same piece. */
const oneByOne = (bytes: Bytes): Bytes[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

function scan(pieces: readonly Bytes[]): Scanned[] {
  const scanner = new RequestScanner();
  return pieces.flatMap((piece) => scanner.push(piece));
}

describe('what two readers could understand differently is refused', () => {
  it.each(AMBIGUOUS)('%s', (_, text) => {
    const bytes = bytesOf(text);
    for (const pieces of [[bytes], oneByOne(bytes)]) {
      const scanned = scan([...pieces, bytesOf(head(GET, HOST))]);
      expect(scanned.map(({ kind }) => kind)).toEqual(['refused']);
    }
  });

  it.each(MALFORMED_CHUNKS)('chunked coding: %s', (_, text) => {
    const start = bytesOf(head(POST, HOST, 'Transfer-Encoding: chunked'));
    for (const pieces of [[bytesOf(text)], oneByOne(bytesOf(text))]) {
      const scanned = scan([start, ...pieces, bytesOf(head(GET, HOST))]);
      expect(scanned.at(-1)?.kind).toBe('refused');
      expect(scanned.filter(({ kind }) => kind === 'head')).toHaveLength(1);
    }
  });
});

describe('what reads in one way only is taken', () => {
  const UPGRADE = head(GET, HOST, 'Upgrade: websocket', 'Connection: keep-alive, Upgrade');
  it.each([
    ['GET', head(GET, HOST), 0, false],
    ['a value with white space around it', head(POST, HOST, 'Content-Length:\t 5 \t'), 5, false],
    ['an empty value', head(GET, HOST, 'A:'), 0, false],
    ['bytes over 127 in a value', head(GET, HOST, 'A: \xe9'), 0, false],
    ['a chunked body', head(POST, HOST, 'Transfer-Encoding: Chunked'), 'chunked', false],
    ['an upgrade', UPGRADE, 0, true],
    ['Upgrade that Connection does not name', head(GET, HOST, 'Upgrade: a'), 0, false],
    ['a head of exactly the limit', padded(MAX_HEAD), 0, false],
  ] as const)('%s', (_, text, body, isUpgrade) => {
    const scanned = scan([bytesOf(text)]);
    expect(scanned).toMatchObject([{ kind: 'head', head: { body, isUpgrade } }]);
  });

  it('takes everything after an upgrade as it comes', () => {
    const after = bytesOf(`\x81\x85\0\n\n${head(GET)}`);
    const [, ...rest] = scan([bytesOf(UPGRADE), ...oneByOne(after)]);
    expect(rest.every(({ kind }) => kind === 'body')).toBe(true);
    expect(concat(...rest.map(givenBack))).toEqual(after);
  });
});

function padded(length: number): string {
  const short = head(GET, HOST, 'A: ');
  return head(GET, HOST, `A: ${'a'.repeat(length - short.length)}`);
}

const givenBack = (part: Scanned): Bytes => (part.kind === 'refused' ? EMPTY : part.bytes);

const path = fc.stringMatching(/^[a-z0-9/?=%-]{0,20}$/);
const data = fc.uint8Array({ maxLength: 60 });
const size = (bytes: Bytes): string => bytes.length.toString(16);

const plainRequest = path.map((target) => bytesOf(head(`GET /${target} HTTP/1.1`, HOST)));
const countedRequest = fc
  .tuple(path, data)
  .map(([target, body]) =>
    concat(bytesOf(head(`POST /${target} HTTP/1.1`, HOST, `Content-Length: ${body.length}`)), body),
  );
const chunkedRequest = fc
  .tuple(path, fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), fc.boolean())
  .map(([target, chunks, hasTrailer]) =>
    concat(
      bytesOf(head(`POST /${target} HTTP/1.1`, HOST, 'Transfer-Encoding: chunked')),
      ...chunks.flatMap((chunk) => [
        bytesOf(`${size(chunk)}${hasTrailer ? ';a=b' : ''}\r\n`),
        chunk,
        bytesOf('\r\n'),
      ]),
      bytesOf(hasTrailer ? '0\r\nA: b\r\n\r\n' : '0\r\n\r\n'),
    ),
  );
const requests = fc.array(fc.oneof(plainRequest, countedRequest, chunkedRequest), {
  minLength: 1,
  maxLength: 6,
});

/** `bytes` in pieces that end where `cuts` say, and where the bytes do. */
function cut(bytes: Bytes, cuts: readonly number[]): Bytes[] {
  const ends = [...new Set([...cuts.map((at) => at % (bytes.length + 1)), bytes.length])];
  ends.sort((a, b) => a - b);
  return ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end));
}

describe('however the bytes are cut', () => {
  it('gives back every byte in order, and the same heads', () => {
    fc.assert(
      fc.property(requests, fc.array(fc.nat(2_000), { maxLength: 30 }), (sent, cuts) => {
        const bytes = concat(...sent);
        const whole = scan([bytes]);
        const scanned = scan(cut(bytes, cuts));
        expect(concat(...scanned.map(givenBack))).toEqual(bytes);
        expect(headsOf(scanned)).toEqual(headsOf(whole));
        expect(headsOf(scanned)).toHaveLength(sent.length);
      }),
    );
  });

  it('never holds a byte after the end of a request', () => {
    fc.assert(
      fc.property(requests, (sent) => {
        const scanner = new RequestScanner();
        for (const request of sent) {
          scanner.push(request);
          expect(scanner.isHolding).toBe(false);
        }
      }),
    );
  });
});

const headsOf = (scanned: readonly Scanned[]) => scanned.filter(({ kind }) => kind === 'head');
