// The same messages for a kernel, a run for each lane. The model's links lose by the clock; a kernel loses
// the packets of the same ordinals, so that both lose the same as long as they send the same.

import type { Capture } from '../../capture/capture.ts';
import type { LinkRun } from '../../sim/link-run.ts';
import type { Beside, BesideLane } from '../demo.ts';
import { OPENS_AT } from '../network.ts';
import {
  type LanesParams,
  messagesOf,
  QUEUE,
  RATE,
  SUBNETS,
  sentAtOf,
  simulateLanes,
  workloadOf,
} from './simulate.ts';

const LANES = ['UDP', 'TCP'] as const;

/** Recordings are of these, with 20 ms one way where nothing else is said. */
const RECORDED = [
  'sensor none 20',
  'sensor one 20',
  'call burst 20',
  'call burst 80',
  'file burst 20',
];

function lanes(params: LanesParams): readonly BesideLane[] {
  const { workload, trouble, delay } = params;
  const model = simulateLanes(params);
  const { bytes, gapMs } = workloadOf(params);
  const writes = messagesOf(workloadOf(params), sentAtOf(params)).map(({ at }) => ({
    atMs: at,
    bytes,
  }));
  const isRecorded = RECORDED.includes(`${workload} ${trouble} ${delay}`);
  return LANES.map((lane) => {
    const run: LinkRun = {
      kind: lane === 'UDP' ? 'udp' : 'tcp',
      subnet: SUBNETS[lane],
      seed: 1,
      opensAtMs: lane === 'UDP' ? 0 : OPENS_AT,
      writes,
      isHasty: lane === 'TCP' && gapMs > 0,
      ending: 'never',
      link: { delayMs: Number(delay), rate: RATE, queuePackets: QUEUE },
      loses: { up: lostIn(model, lane), down: [], percent: 0 },
    };
    const name = `kernel-lanes-${workload}-${trouble}-${delay}-${lane.toLowerCase()}`;
    return { lane, run, recorded: isRecorded ? name : undefined };
  });
}

/** Ordinals of the client's packets that the model's link lost on this lane. */
function lostIn({ connections, frames }: Capture, lane: string): readonly number[] {
  const ids = new Set(connections.filter((one) => one.lane === lane).map(({ id }) => id));
  const sent = frames.filter((one) => ids.has(one.connection) && one.direction === 'up');
  return sent.flatMap(({ transit }, i) => (transit?.arrivedAt === undefined ? [i + 1] : []));
}

export const besideLanes = {
  lanes,
  offers: [
    ['the sensor, nothing lost', 'sensor', 'none', '20'],
    ['the sensor, one packet lost', 'sensor', 'one', '20'],
    ['the call, several lost in a row', 'call', 'burst', '20'],
    ['the call over an ocean, several lost', 'call', 'burst', '80'],
    ['the file, several lost in a row', 'file', 'burst', '20'],
  ].map(([label = '', workload = '', trouble = '', delay = '']) => ({
    label,
    params: { workload, trouble, delay },
  })),
} satisfies Pick<Beside, 'offers'> & { lanes: typeof lanes };
