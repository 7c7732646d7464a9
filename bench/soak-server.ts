// The labs of the soak in a process of their own, so that its memory is theirs alone. Takes orders from
// its parent.

import { type AddressInfo, createServer } from 'node:net';
import { createFront } from '../server/front/front.ts';
import { Labs } from '../server/lab/labs.ts';
import { LABS_VERSION } from '../src/contract/labs.ts';
import { parseScript } from '../src/faults/script.ts';
import type { SoakAnswer, SoakOrder } from './soak-order.ts';

const labs = new Labs();
const server = createServer({ allowHalfOpen: true }, createFront(labs));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

process.on('message', (order: SoakOrder) => {
  process.send?.({ n: order.n, ...answer(order) } satisfies SoakAnswer);
});
process.on('disconnect', () => process.exit(0));

function answer(order: SoakOrder): Omit<SoakAnswer, 'n'> {
  if (order.what === 'port') return { value: (server.address() as AddressInfo).port };
  if (order.what === 'memory') {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return { value: heapUsed + external, detail: `${labs.size} labs, buffers ${arrayBuffers}` };
  }
  if (order.what === 'open') {
    const lane = {
      exercise: 'hello',
      transports: ['polling', 'websocket'],
      pingIntervalMs: 500,
      pingTimeoutMs: 400,
    } as const;
    const opened = labs.open(
      { version: LABS_VERSION, lanes: { main: { ...lane, transports: [...lane.transports] } } },
      `192.0.2.${order.n % 50}`,
    );
    if (!opened.ok) throw new Error(opened.message);
    return { value: 0, detail: opened.value.lab };
  }
  const lab = labs.find(order.lab);
  if (!lab) throw new Error(`no lab ${order.lab}`);
  if (order.what === 'break') {
    const script = parseScript(order.script);
    if (!script.ok) throw new Error(script.message);
    lab.link.set(script.value);
    return { value: 0 };
  }
  if (order.what === 'strangers') return { value: strangersIn(lab.tap.ring.all(), order.mark) };
  labs.close(order.lab);
  return { value: 0 };
}

/** Marks of other learners in what this lab's tap has seen. */
function strangersIn(
  records: ReturnType<NonNullable<ReturnType<Labs['find']>>['tap']['ring']['all']>,
  own: string,
): number {
  const text = records
    .map((record) => (record.kind === 'chunk' ? Buffer.from(record.bytes).toString('latin1') : ''))
    .join('');
  return [...text.matchAll(/mark-\d+-/g)].filter(([mark]) => mark !== own).length;
}
