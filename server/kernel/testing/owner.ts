// A process that opens a kernel link and holds it until it is killed.

import { scenarioOf } from '../../../src/sim/testing/scenarios.ts';
import { openKernelLink } from '../kernel-link.ts';

openKernelLink(scenarioOf()).then(() => process.stdout.write('open\n'));
setInterval(() => {}, 60_000);
