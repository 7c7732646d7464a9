// A run of both engines as text, one packet a line, for whoever looks for the place where they part.

import { writeFile } from 'node:fs/promises';
import type { Step } from '../src/sim/run-comparison.ts';
import type { Job } from './fidelity-scenarios.ts';

export async function writeTrace(
  folder: string,
  { name, congestion }: Job,
  model: readonly Step[],
  kernels: readonly { readonly steps: readonly Step[] }[],
): Promise<void> {
  const base = `${folder}/${congestion}-${name.replace(/[^a-z0-9]+/gi, '-')}`;
  await writeFile(`${base}.model.txt`, textOf(model));
  for (const [index, { steps }] of kernels.entries()) {
    await writeFile(`${base}.kernel${index + 1}.txt`, textOf(steps));
  }
}

/** ms, `>` up or `<` down, ordinal of its side, arrival or what lost it, seq, ack, length, flags, window, SACK blocks. */
function textOf(steps: readonly Step[]): string {
  const count = { client: 0, server: 0 };
  const lines = steps.map(
    ({ from, at, arrivedAt, lostTo, seq, ack, length, flags, window, sack }) => {
      count[from]++;
      const way = from === 'client' ? '>' : '<';
      const when = (at / 1_000).toFixed(3);
      const arrival = arrivedAt === undefined ? 'never' : (arrivedAt / 1_000).toFixed(3);
      const fate = lostTo?.replaceAll(' ', '-') ?? arrival;
      return [when, way, count[from], fate, seq, ack, length, flags, window, sack || '-'].join(' ');
    },
  );
  return `${lines.join('\n')}\n`;
}
