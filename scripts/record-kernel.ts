// Records the kernel's own TCP and UDP over the link, with what each recording was made under. Needs Linux
// and the rights for it. Run: npm run record:kernel [NAME …]

import { writeFile } from 'node:fs/promises';
import { takePriority } from '../server/kernel/priority.ts';
import { fileOf, manifestOf, RECORDINGS, record } from '../server/kernel/recordings.ts';
import { whyNoKernelLink } from '../server/kernel/rights.ts';

const FOLDER = 'content/captures';

const why = whyNoKernelLink();
if (why !== undefined) {
  console.error(`The kernel cannot be recorded here. ${why}`);
  process.exit(1);
}
const isRealTime = takePriority();
const wanted = process.argv.slice(2);
for (const [name, recording] of Object.entries(RECORDINGS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const run = await record(recording, isRealTime);
  await writeFile(`${FOLDER}/${name}.pcapng`, fileOf(run));
  const manifest = { captures: [name], ...manifestOf(recording, run) };
  await writeFile(`${FOLDER}/${name}.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${FOLDER}/${name}.pcapng: ${run.records.length} packets`);
}
