// What stands beside a model is the same scenario: each recording that a demo names was made under the
// conditions that its settings mean, holds what they ask for, and each setting that is offered has one.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { besideModel } from '../src/capture/beside.ts';
import { readTransitFile } from '../src/capture/transit-file.ts';
import { comparisonsOf } from '../src/demos/comparison.ts';
import { fitParams, type SimulatedDemo } from '../src/demos/demo.ts';
import tcp from '../src/demos/tcp/index.ts';
import tcpVsUdp from '../src/demos/tcp-vs-udp/index.ts';
import { scenarioOfRun } from '../src/sim/link-run.ts';

const DEMOS: Readonly<Record<string, SimulatedDemo>> = { tcp, 'tcp-vs-udp': tcpVsUdp };
const file = (name: string) => readFileSync(new URL(`./captures/${name}`, import.meta.url));

const OFFERS = Object.entries(DEMOS).flatMap(([id, demo]) =>
  (demo.beside?.offers ?? []).map(({ label, params }) => ({ id, demo, label, params })),
);

describe.each(OFFERS)('$id: $label', ({ demo, params }) => {
  const values = fitParams(demo, { ...(params as Record<string, string>), beside: 'recorded' });
  const lanes = demo.beside?.lanes(values) ?? [];
  if (typeof lanes === 'string') throw new Error(lanes);

  it.each(lanes)('$lane was recorded under the conditions of the settings', ({ run, recorded }) => {
    const { conditions } = JSON.parse(file(`${recorded}.json`).toString());
    const { seed, up, down, client } = scenarioOfRun(run);
    expect(conditions).toEqual({ seed, up, down, congestion: client.parameters.congestion });
  });

  it('is compared to its end: all bytes arrived in both', () => {
    const kernels = lanes.map(({ lane, recorded }) => ({
      beside: lane,
      provenance: 'recorded' as const,
      records: readTransitFile(new Uint8Array(file(`${recorded}.pcapng`))),
    }));
    const found = comparisonsOf(besideModel(demo.simulate(values), kernels));
    expect(found).toHaveLength(lanes.length);
    for (const { rows, sentences } of found) {
      expect(sentences.length).toBeGreaterThan(0);
      const ends = rows.find(({ label }) => / arrived at$/.test(label));
      expect([ends?.model, ends?.kernel]).not.toContain('never');
      expect(rows[0]?.model).toMatch(/^[1-9]/);
      const sent = rows.find(({ label }) => label === 'Bytes sent' || label === 'Datagrams');
      expect(sent?.kernel).toBe(sent?.model);
    }
  });
});
