// Records the kernel's own TCP and UDP over the link, with what each recording was made under. Needs Linux
// and the rights for it. Run: npm run record:kernel [NAME …]

import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileOf, manifestOf, RECORDINGS, record } from '../server/kernel/recordings.ts';
import { whyNoKernelLink } from '../server/kernel/rights.ts';

const FOLDER = 'content/captures';

const why = whyNoKernelLink();
if (why !== undefined) {
  console.error(`The kernel cannot be recorded here. ${why}`);
  process.exit(1);
}
// SCHED_FIFO: what a busy machine adds to the link's delay is no part of the recording.
const isRealTime = spawnSync('chrt', ['-f', '-p', '10', String(process.pid)]).status === 0;
const wanted = process.argv.slice(2);
for (const [name, recording] of Object.entries(RECORDINGS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const run = await record(recording, isRealTime);
  await writeFile(`${FOLDER}/${name}.pcapng`, fileOf(run));
  const manifest = { captures: [name], ...manifestOf(recording, run) };
  await writeFile(`${FOLDER}/${name}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${FOLDER}/${name}.pcapng: ${run.records.length} packets`);
}
