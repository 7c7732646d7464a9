// The three recorded runs: the graders read them, and each run gives its own answers. A grader that
// knew the answer instead of reading the capture would fail here.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/capture/analyzer.ts';
import type { Capture } from '../src/capture/capture.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import { unexplained } from '../src/capture/unexplained.ts';
import { GRADERS } from '../src/lessons/graders.ts';

function captureOf(name: string): Capture {
  const file = new URL(`./captures/handshake-${name}.pcapng`, import.meta.url);
  const { records, problem } = readPcapng(new Uint8Array(readFileSync(file)));
  expect(problem).toBeUndefined();
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

const ANSWERS = {
  both: {
    'opened-by': 'http',
    'connect-travels-by': 'http',
    'last-http-on-websocket': 'response',
    'connections-used': 'several',
    'requests-per-connection': 'several',
    'who-pings': 'server',
    'script-served-by': 'same',
  },
  websocket: {
    'opened-by': 'upgrade',
    'connect-travels-by': 'websocket',
    'last-http-on-websocket': 'response',
    'connections-used': 'one',
    'requests-per-connection': 'one',
    'first-event-travels-by': 'websocket',
    'who-pings': 'server',
  },
  polling: {
    'opened-by': 'http',
    'connect-travels-by': 'http',
    'last-http-on-websocket': 'none',
    'requests-per-connection': 'several',
    'first-event-travels-by': 'http',
    'who-pings': 'server',
  },
} as const;

describe.each(Object.entries(ANSWERS))('the run with %s', (name, answers) => {
  const capture = captureOf(name);

  it.each(Object.entries(answers))('answers %s with %s', (grader, answer) => {
    const grade = GRADERS[grader]?.(capture);
    expect(grade?.answer).toBe(answer);
    const { frame = -1, layer = -1 } = grade?.evidence ?? {};
    expect(capture.frames[frame]?.layers[layer]).toBeDefined();
  });

  it('has no byte left unexplained, and nothing malformed', () => {
    expect(capture.frames.length).toBeGreaterThan(10);
    for (const frame of capture.frames) {
      expect(unexplained(frame)).toEqual([]);
      expect(frame.layers.flatMap(({ problems }) => problems)).toEqual([]);
    }
  });
});

it('nothing is graded while there is nothing to read', () => {
  const { frames } = createAnalyzer({ provenance: 'observed' }).capture();
  expect(frames).toEqual([]);
  const empty = createAnalyzer({ provenance: 'observed' }).capture();
  for (const grader of Object.values(GRADERS)) expect(grader(empty)).toBeUndefined();
});
