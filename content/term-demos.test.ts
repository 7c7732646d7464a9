// Promise: a term that offers to show its bytes in a frame leads to a run that has them.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressOf, demoOf, type TermDemo } from '../src/app/term-demos.ts';
import { createAnalyzer } from '../src/capture/analyzer.ts';
import type { Capture } from '../src/capture/capture.ts';
import { findField } from '../src/capture/find-field.ts';
import { readPcapng } from '../src/capture/pcapng.ts';
import { fitParams, type SimulatedDemo } from '../src/demos/demo.ts';
import packets from '../src/demos/packets/index.ts';
import tcp from '../src/demos/tcp/index.ts';
import udp from '../src/demos/udp/index.ts';
import { loadGlossary } from '../src/glossary/index.ts';

const SIMULATED: Readonly<Record<string, SimulatedDemo>> = { packets, tcp, udp };

/** What each demo's run with these settings looked like when it was recorded. */
const RECORDED: Readonly<Record<string, string>> = {
  'handshake?': 'handshake-both',
  'http?': 'http-same',
  'emit?payload=binary': 'emit-binary',
  'polling-vs-websocket?': 'news-four',
  'missed-events?strategy=recovery': 'missed-recovery-stall-3000-middle-once',
};

function captureOf({ demo, params }: TermDemo): Capture {
  const simulated = SIMULATED[demo];
  if (simulated) return simulated.simulate(fitParams(simulated, params));
  const name = RECORDED[`${demo}?${new URLSearchParams(params)}`];
  const file = new URL(`./captures/${name}.pcapng`, import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of readPcapng(new Uint8Array(readFileSync(file))).records) {
    analyzer.push(record);
  }
  return analyzer.capture();
}

const { terms } = await loadGlossary();
const shown = terms.flatMap((term) => {
  const demo = demoOf(term);
  return demo ? [{ id: term.id, fields: term.fields, demo }] : [];
});

test.for(shown)('$id is in a frame of the demo that it leads to', ({ fields, demo }) => {
  expect(findField(captureOf(demo), fields)).toBeDefined();
});

test('most terms that bytes carry lead to a frame, the others to none', () => {
  expect(shown.length).toBeGreaterThan(40);
  expect(shown.some(({ id }) => id === 'vlan')).toBe(false);
});

test('a field that no frame has is not found', () => {
  expect(findField(captureOf({ demo: 'handshake', params: {} }), ['vlan.id'])).toBeUndefined();
});

test('the address carries settings and fields', () => {
  const address = addressOf({ demo: 'tcp', params: { loss: 'middle' } }, ['a.b', 'c.*']);
  expect(address).toBe('/demos/tcp?loss=middle&see=a.b%2Cc.*');
});
