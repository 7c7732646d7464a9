// Records the kernel's own TCP and UDP over the link, with what each recording was made under. Needs Linux
// and the rights for it. Run: npm run record:kernel [NAME …]

import { writeFile } from 'node:fs/promises';
import { takePriority } from '../server/kernel/priority.ts';
import {
  fileOf,
  manifestOf,
  RECORDINGS,
  record,
  scenarioOfRecording,
} from '../server/kernel/recordings.ts';
import { whyNoKernelLink } from '../server/kernel/rights.ts';
import { besideLanes } from '../src/demos/tcp-vs-udp/beside.ts';
import { scenarioOfRun } from '../src/sim/link-run.ts';
import type { Scenario } from '../src/sim/scenario.ts';

const FOLDER = 'content/captures';

const why = whyNoKernelLink();
if (why !== undefined) {
  console.error(`The kernel cannot be recorded here. ${why}`);
  process.exit(1);
}
const isRealTime = takePriority();
const wanted = process.argv.slice(2);

interface Wanted {
  readonly name: string;
  readonly shows: string;
  readonly scenario: Scenario;
}

const connections = Object.entries(RECORDINGS).map(([name, recording]): Wanted => {
  return { name, shows: recording.shows, scenario: scenarioOfRecording(recording) };
});
/** What stands beside the demo `tcp-vs-udp`: a run for each lane. */
const lanes = besideLanes.offers.flatMap(({ label, params }) =>
  besideLanes.lanes({ seed: '1', beside: 'recorded', ...params }).map(
    ({ lane, run, recorded = '' }): Wanted => ({
      name: recorded,
      shows: `The messages of the demo tcp-vs-udp over ${lane}: ${label}.`,
      scenario: scenarioOfRun(run),
    }),
  ),
);

for (const { name, shows, scenario } of [...connections, ...lanes]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const run = await record(scenario, isRealTime);
  await writeFile(`${FOLDER}/${name}.pcapng`, fileOf(run));
  const manifest = { captures: [name], ...manifestOf(shows, scenario, run) };
  await writeFile(`${FOLDER}/${name}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${FOLDER}/${name}.pcapng: ${run.records.length} packets`);
}
