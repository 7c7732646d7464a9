// The recorded outages: the graders of the ledger read them, and each gives its own answers. What the
// lesson about missed events says of a run is what the run shows.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/capture/analyzer.ts';
import type { Capture } from '../src/capture/capture.ts';
import { ledgersOf } from '../src/capture/ledger.ts';
import { mostKeptByServer, totalsAt } from '../src/capture/ledger-totals.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import { listingsOf } from '../src/demos/missed-events/listings.ts';
import { GRADERS } from '../src/lessons/graders.ts';
import { LEDGER_GRADERS } from '../src/lessons/ledger-graders.ts';
import { runsOf } from '../src/views/listing.ts';

function captureOf(name: string): Capture {
  const file = new URL(`./captures/missed-${name}.pcapng`, import.meta.url);
  const { records, problem } = readPcapng(new Uint8Array(readFileSync(file)));
  expect(problem).toBeUndefined();
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'nothing-stall-3000-middle-once': { 'drop-noticed': 'late', 'away-news': 'lost' },
  'nothing-close-3000-middle-once': { 'drop-noticed': 'at-once', 'away-news': 'lost' },
  'buffer-stall-3000-middle-once': {
    'away-reports': 'later',
    'unnoticed-reports': 'lost',
    'away-news': 'lost',
    recovered: 'no',
    'extra-argument': 'same',
  },
  'volatile-stall-3000-middle-once': { 'away-reports': 'some', 'away-news': 'lost' },
  'retry-stall-1000-middle-once': {
    'repeats-news': 'again',
    'repeats-reports': 'again',
    'drop-noticed': 'never',
    'complete-news': '1',
  },
  'recovery-stall-3000-middle-once': {
    recovered: 'yes',
    'extra-argument': 'extra',
    'away-news': 'later',
    'repeats-news': 'once',
  },
  'recovery-stall-3000-early-once': { recovered: 'no', 'away-news': 'lost' },
  'recovery-stall-8000-middle-once': { recovered: 'no', 'away-news': 'lost' },
  'recovery-stall-3000-middle-twice': { recovered: 'yes' },
  'kinds-stall-3000-middle-once': { recovered: 'yes', 'away-news': 'some' },
  'relay-stall-3000-middle-once': { 'shown-to-ada': 'not-all' },
  'all-stall-3000-middle-once': { 'complete-news': '4' },
};

describe.each(Object.entries(ANSWERS))('the run %s', (name, answers) => {
  const capture = captureOf(name);

  it.each(Object.entries(answers))('answers %s with %s', (grader, answer) => {
    const grade = GRADERS[grader]?.(capture);
    expect(grade?.answer).toBe(answer);
    if (!grade?.evidence) return;
    const { frame, layer } = grade.evidence;
    expect(capture.frames[frame]?.layers[layer]).toBeDefined();
  });

  it('accounts for every message that its programs emitted', () => {
    const ledgers = ledgersOf(capture);
    expect(ledgers.length).toBeGreaterThanOrEqual(2);
    for (const ledger of ledgers) {
      const { emitted, delivered, lost, waiting } = totalsAt(ledger);
      expect(emitted).toBeGreaterThanOrEqual(10);
      expect(delivered + lost).toBe(emitted);
      expect(waiting).toBe(0);
    }
  });
});

it('in a silence bytes are late, and come to a connection that both ends have given up', () => {
  const capture = captureOf('nothing-stall-3000-middle-once');
  const gaveUp = (isServer: boolean): number =>
    capture.notes.find(
      ({ who, what }) => what === 'disconnected' && (who === 'server') === isServer,
    )?.wroteAt ?? Number.NaN;
  for (const { from, entries } of ledgersOf(capture)) {
    const swallowed = entries.filter(
      ({ outcome }) => 'where' in outcome && outcome.where === 'link',
    );
    expect(swallowed.length).toBeGreaterThan(1);
    for (const { events } of swallowed) {
      const ref = events.find(({ what }) => what === 'passed')?.ref;
      const frame = capture.frames[ref?.frame ?? -1];
      const closedAt = capture.connections.find(({ id }) => id === frame?.connection)?.closed?.at;
      expect(frame?.lost).toBeUndefined();
      expect(frame?.at).toBeLessThanOrEqual(closedAt ?? 0);
      if (from === 'server') {
        // It left the lab at once, and crossed the socket when the silence was over.
        expect(frame?.at).toBeGreaterThan(gaveUp(false));
        expect(frame?.passedAt).toBeLessThan(gaveUp(true));
      } else expect(frame?.at).toBeLessThan(gaveUp(false));
    }
  }
});

it('lights a listener as often as it ran, and not for what came to a connection given up', () => {
  const capture = captureOf('nothing-stall-3000-middle-once');
  const [server, client] = listingsOf('nothing');
  for (const [listing, line, from] of [
    [server, "socket.on('report'", 'browser'],
    [client, "socket.on('news'", 'server'],
  ] as const) {
    const lines = listing?.text.split('\n') ?? [];
    const runs = listing ? runsOf(listing, capture) : [];
    const ran = runs.filter((run) => lines[run.line]?.includes(line));
    const ledger = ledgersOf(capture).find((one) => one.from === from);
    expect(ran).toHaveLength(ledger ? totalsAt(ledger).delivered : -1);
    for (const { frame } of ran) expect(capture.frames[frame ?? -1]).toBeDefined();
  }
});

it('compares the strategies as the lesson does', () => {
  const capture = captureOf('all-stall-3000-middle-once');
  const news = new Map(
    ledgersOf(capture)
      .filter(({ from }) => from === 'server')
      .map((ledger) => [ledger.lane, totalsAt(ledger)]),
  );
  const complete = [...news].filter(([, { lost }]) => lost === 0).map(([lane]) => lane);
  expect(complete.sort()).toEqual(['dedupe', 'offset', 'recovery', 'retry']);
  // The stored place is a little old: with ids remembered the repeat does no harm.
  expect(news.get('offset')?.duplicated).toBeGreaterThan(0);
  expect(news.get('dedupe')).toMatchObject({ duplicated: 0 });
  expect(news.get('dedupe')?.repeated).toBeGreaterThan(0);
  expect(mostKeptByServer(capture, 'nothing', capture.endAt)).toBe(0);
  expect(mostKeptByServer(capture, 'recovery', capture.endAt)).toBe(10);
});

it('grades nothing while the run is not over', () => {
  const name = 'buffer-stall-3000-middle-once';
  const file = new URL(`./captures/missed-${name}.pcapng`, import.meta.url);
  const { records } = readPcapng(new Uint8Array(readFileSync(file)));
  const analyzer = createAnalyzer({ provenance: 'observed' });
  for (const record of records.slice(0, records.length / 2)) analyzer.push(record);
  for (const grader of Object.values(LEDGER_GRADERS)) {
    expect(grader(analyzer.capture())).toBeUndefined();
  }
});
