// Plays a packet script to one connection. Each line is a time in ms, who acts and what:
//   0 < S. 0 ack 1 win 65535    a segment is delivered
//   0 > .  1 ack 1              exactly this segment must leave at exactly this time
//   5 * write 1000              the program acts: write N, read [N], close, abort
// Numbers are places: 0 is the SYN of either side. `1+1000` is a thousand bytes from 1 on. What the
// connection sends beside the script fails.

import { expect } from 'vitest';
import { EMPTY } from '../../lib/bytes.ts';
import { type Micros, millis } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import type { Connection } from '../tcp/connection.ts';
import type { TcpOptions } from '../tcp/options.ts';
import type { Segment } from '../tcp/segment.ts';
import { seq, seqAdd, seqDiff } from '../tcp/seq.ts';

const FLAGS = [
  ['S', TCP_FLAG.SYN],
  ['F', TCP_FLAG.FIN],
  ['R', TCP_FLAG.RST],
  ['P', TCP_FLAG.PSH],
  ['.', TCP_FLAG.ACK],
] as const;

interface Line {
  readonly at: Micros;
  readonly kind: string;
  readonly words: readonly string[];
}

/** Where the peer's numbers begin; wraps within the first thousand bytes. */
const PEER_START = seq(0xffff_ff00);

export function play(connection: Connection, script: string): void {
  const lines = script
    .split('\n')
    .map((line) => line.replace(/\/\/.*$/, '').trim())
    .filter((line) => line !== '')
    .map(parse);
  const expected = lines.filter(({ kind }) => kind === '>');
  const sent: string[] = [];
  const drain = (now: Micros) => {
    for (let out = connection.nextSegment(now); out; out = connection.nextSegment(now)) {
      sent.push(textOf(connection, out, now, expected[sent.length]));
    }
  };
  for (const { at, kind, words } of lines) {
    for (let due = connection.deadline(); due !== undefined && due < at; ) {
      drain(due);
      const next = connection.deadline();
      if (next === due) throw new Error(`stuck at ${due}`);
      due = next;
    }
    if (kind === '<') connection.onSegment(segmentOf(connection, words), at);
    if (kind === '*') act(connection, words, at);
    drain(at);
  }
  expect(sent).toEqual(expected.map(({ at, words }) => [at / 1_000, '>', ...words].join(' ')));
}

function parse(line: string): Line {
  const [time = '', kind = '', ...words] = line.split(/\s+/);
  if (!/^[<>*]$/.test(kind)) throw new Error(`no such line: ${line}`);
  return { at: millis(Number(time)), kind, words };
}

function act(connection: Connection, [verb, count]: readonly string[], now: Micros): void {
  if (verb === 'write') connection.write(new Uint8Array(Number(count)), now);
  else if (verb === 'read') connection.read(Number(count ?? Number.MAX_SAFE_INTEGER), now);
  else if (verb === 'close') connection.close();
  else if (verb === 'abort') connection.abort(now);
  else if (verb === 'open') connection.open(now);
  else if (verb === 'listen') connection.listen();
  else throw new Error(`no such action: ${verb}`);
}

/** `S. 0 ack 1 win 65535 mss 1000 sack 5-9,12-14 wscale 7 ts 5:3 sackok`. */
function segmentOf(connection: Connection, words: readonly string[]): Segment {
  const [letters = '', range = ''] = words;
  const [at = '0', length = '0'] = range.split('+');
  const value = (name: string) => {
    const i = words.indexOf(name);
    return i < 0 ? undefined : words[i + 1];
  };
  const number = (name: string) => (value(name) === undefined ? undefined : Number(value(name)));
  const { iss } = connection.writer;
  const [mss, windowScale] = [number('mss'), number('wscale')];
  const [echoed, echo] = (value('ts') ?? '').split(':').map(Number);
  const blocks = value('sack')
    ?.split(',')
    .map((one) => one.split('-').map((place) => seqAdd(iss, Number(place))));
  const options: TcpOptions = {
    ...(mss !== undefined && { mss }),
    ...(windowScale !== undefined && { windowScale }),
    ...(words.includes('sackok') && { sackPermitted: true }),
    ...(echo !== undefined && { timestamps: { value: echoed ?? 0, echo } }),
    ...(blocks && {
      sack: blocks.map(([start, end]) => ({ start: start ?? seq(0), end: end ?? seq(0) })),
    }),
  };
  const flags = FLAGS.reduce((sum, [letter, bit]) => sum + (letters.includes(letter) ? bit : 0), 0);
  const ack = number('ack');
  return {
    flags,
    seq: seqAdd(PEER_START, Number(at)),
    ack: ack === undefined ? seq(0) : seqAdd(iss, ack),
    window: number('win') ?? 65_535,
    options,
    payload: length === '0' ? EMPTY : new Uint8Array(Number(length)),
    why: 'unknown',
  };
}

/** In the words of the line that was expected there: what that does not mention is left out. */
function textOf(
  { writer }: Connection,
  segment: Segment,
  now: Micros,
  expected: Line | undefined,
): string {
  const { flags, payload, options } = segment;
  const letters = FLAGS.filter(([, bit]) => flags & bit).map(([letter]) => letter);
  const place = seqDiff(segment.seq, writer.iss);
  const words = [letters.join(''), payload.length > 0 ? `${place}+${payload.length}` : `${place}`];
  if (flags & TCP_FLAG.ACK) words.push('ack', String(seqDiff(segment.ack, PEER_START)));
  const asked = (name: string) => expected?.words.includes(name) ?? false;
  if (asked('win')) words.push('win', String(segment.window));
  if (asked('mss')) words.push('mss', String(options.mss));
  const toPlace = (at: Segment['seq']) => seqDiff(at, PEER_START);
  if (options.sack || asked('sack')) {
    const blocks = options.sack?.map(({ start, end }) => `${toPlace(start)}-${toPlace(end)}`);
    words.push('sack', String(blocks?.join(',')));
  }
  if (asked('why')) words.push('why', segment.why.replaceAll(' ', '-'));
  return [now / 1_000, '>', ...words].join(' ');
}
