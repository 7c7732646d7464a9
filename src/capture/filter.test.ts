import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter, completeFilter } from './filter.ts';
import { type Filter, parseFilter, printFilter } from './filter-syntax.ts';
import { readPacketFile } from './foreign-file.ts';
import { analyzePackets, type PacketAnalysis } from './packet-analysis.ts';

const file = readPacketFile(new Uint8Array(readFileSync('content/captures/handshake-both.pcapng')));
const analysis = whole(analyzePackets(file));

function whole(work: Generator<unknown, PacketAnalysis>): PacketAnalysis {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function passing(text: string): number[] {
  const filter = compileFilter(text);
  if (filter.kind === 'error') throw new Error(`${filter.column}: ${filter.message}`);
  return file.packets.flatMap((_, i) => (filter.matches(analysis, i) ? [i + 1] : []));
}

const all = passing('').length;

describe('a filter', () => {
  it('lets everything through when it is empty', () => {
    expect(passing('')).toHaveLength(file.packets.length);
  });

  it.each([
    ['tcp', all],
    ['udp', 0],
    ['ipv6', 0],
    ['ip.addr == 127.0.0.1', all],
    ['ip.addr == 10.0.0.0/8', 0],
    ['ip.src == 127.0.0.0/8 && !udp', all],
    ['ip.addr != 127.0.0.1', 0],
    ['frame.number in {1, 3..5}', 4],
    ['frame.len > 0x10000', 0],
  ])('%s lets through %i', (text, count) => {
    expect(passing(text)).toHaveLength(count);
  });

  it('knows words for numbers, and flags as numbers or words', () => {
    expect(passing('tcp.flags.syn == 1')).toEqual(passing('tcp.flags.syn == true'));
    expect(passing('websocket.opcode == "text"')).toEqual(passing('websocket.opcode == 1'));
    expect(passing('websocket.opcode == 1').length).toBeGreaterThan(0);
  });

  it('binds “and” more tightly than “or”, and “not” more tightly still', () => {
    const parts = 'frame.number == 1 or frame.number == 2 and not tcp';
    expect(passing(parts)).toEqual([1]);
    expect(passing('(frame.number == 1 or frame.number == 2) and not tcp')).toEqual([]);
  });

  it('finds text in fields and in the bytes of a protocol', () => {
    expect(passing('http.request.method == "GET"')).toEqual(passing('http contains "GET /lab"'));
    expect(passing('http contains "GET /lab"').length).toBeGreaterThan(0);
  });
});

it.each([
  ['tcp and', 8, 'missing'],
  ['tcp.prt == 1', 1, 'Did you mean “tcp.port”'],
  ['(tcp', 5, '“)”'],
  ['tcp.port == "abc', 13, 'no end'],
  ['tcp.port ~ 1', 10, 'no meaning'],
  ['http.host matches "a"', 11, 'contains'],
  ['tcp == 5', 1, 'protocol'],
  ['ip.addr == 300.1.1.1', 1, 'no address'],
  ['tcp.port == 1 2', 15, 'not expected'],
  [`${'('.repeat(200)}tcp`, 101, 'deeply'],
])('says where it is wrong: %s', (text, column, words) => {
  const error = compileFilter(text);
  expect(error).toMatchObject({ kind: 'error', column });
  expect(error.kind === 'error' && error.message).toContain(words);
});

const name = fc.constantFrom('tcp', 'ip.src', 'tcp.port', 'socketio.event', 'a_b.c1');
const text = fc.string({ maxLength: 12 });
const literal = fc.oneof(
  text.map((each) => ({ text: each, quoted: true })),
  fc
    .constantFrom('1', '0x1f', '10.0.0.0/8', '::1', 'GET', '-3.5')
    .map((each) => ({ text: each, quoted: false })),
);
const op = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'contains');
const tree = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 5 },
    fc.record({ kind: fc.constant('has'), name, column: fc.constant(0) }),
    fc.record({ kind: fc.constant('compare'), name, column: fc.constant(0), op, value: literal }),
    fc.record({
      kind: fc.constant('in'),
      name,
      column: fc.constant(0),
      set: fc.array(
        fc.oneof(
          fc.tuple(literal),
          fc.constant([
            { text: '1', quoted: false },
            { text: '9', quoted: false },
          ]),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    fc.record({ kind: fc.constant('not'), of: tie('filter') }),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      left: tie('filter'),
      right: tie('filter'),
    }),
  ) as fc.Arbitrary<Filter>,
})).filter;

const withoutColumns = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'column' ? 0 : each)));

it('is the same filter after it was printed and read again', () => {
  fc.assert(
    fc.property(tree, (filter) => {
      expect(withoutColumns(parseFilter(printFilter(filter)))).toEqual(withoutColumns(filter));
    }),
  );
});

it('is understood or refused with a column inside it, whatever the text', () => {
  const word = fc.constantFrom('tcp', 'and', 'or', 'not', '(', ')', '==', '"', '{', '1', 'in', '!');
  const words = fc.array(fc.oneof(word, text), { maxLength: 12 }).map((each) => each.join(' '));
  fc.assert(
    fc.property(words, (each) => {
      const filter = compileFilter(each);
      if (filter.kind === 'filter') return;
      expect(filter.column).toBeGreaterThan(0);
      expect(filter.column).toBeLessThanOrEqual(each.length + 1);
    }),
  );
});

describe('completion', () => {
  it('offers names for what was begun, and replaces the whole word', () => {
    const found = completeFilter('tcp.flags.syn and tcp.po == 1', 24);
    expect(found).toMatchObject({ from: 18, to: 24 });
    expect(found?.names[0]?.name).toBe('tcp.port');
  });

  it('offers nothing inside a string, or where a value is due', () => {
    expect(completeFilter('socketio.event == "tc', 21)).toBeUndefined();
    expect(completeFilter('tcp.port == t', 13)).toBeUndefined();
  });
});
