// What the settings of the demo mean for the link and for both programs: for the model, and for a kernel
// that runs the same.

import type { LinkRun } from '../../sim/link-run.ts';
import type { Beside, BesideLane } from '../demo.ts';
import { OPENS_AT } from '../network.ts';

export interface TcpDemoParams {
  readonly size: string;
  readonly loss: string;
  readonly drop: string;
  readonly delay: string;
  readonly reader: string;
  readonly end: string;
  readonly profile: string;
  readonly beside: string;
}

/** The model's one lane. */
export const LANE = 'the link';
/** When acknowledgements are on their way, and the client has bytes left that the window holds back. */
export const ABORTS_AT_MS = 75;
/** Of the losses by chance. */
export const SEED = 1;
const PERCENT = 3;
const MSS = 1_448;
/** SYN and ACK come before the first packet with data. */
const BEFORE_DATA = 2;
/** As in the recordings; more than ever wait here. */
const QUEUE = 100;
const MOST_LOST = 20;

/** What the link between is like, and what it loses. */
export function linkOf({
  size,
  loss,
  drop,
  delay,
}: TcpDemoParams): Pick<LinkRun, 'link' | 'loses'> {
  const isOverflowing = loss === 'queue';
  return {
    link: {
      delayMs: Number(delay),
      rate: isOverflowing ? 2_000_000 : 10_000_000,
      queuePackets: isOverflowing ? 5 : QUEUE,
    },
    loses: {
      up: lostOf(loss, Number(size), drop),
      down: loss === 'ack' ? [3] : [],
      percent: loss === 'chance' ? PERCENT : 0,
    },
  };
}

/** Ordinals of the client's packets. */
function lostOf(loss: string, bytes: number, drop: string): readonly number[] {
  const count = Math.ceil(bytes / MSS);
  if (loss === 'these') return ordinalsIn(drop);
  if (loss === 'syn') return [1];
  if (loss === 'middle') return [BEFORE_DATA + Math.min(4, count)];
  return loss === 'last' ? [BEFORE_DATA + count] : [];
}

/** `6, 7 and 12` is 6, 7 and 12; what is no number from 1 to 9999 is passed over. */
export function ordinalsIn(text: string): readonly number[] {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const fit = numbers.filter((n) => n >= 1 && n <= 9_999);
  return [...new Set(fit)].sort((a, b) => a - b).slice(0, MOST_LOST);
}

const RECORDED: Readonly<Record<string, string>> = {
  'none 20000': 'kernel-tcp-clean',
  'middle 20000': 'kernel-tcp-middle',
  'last 20000': 'kernel-tcp-last',
  'syn 20000': 'kernel-tcp-syn',
  'chance 100000': 'kernel-tcp-loss',
};
const RECORDED_DELAY = '20';

function lanes(params: TcpDemoParams): readonly BesideLane[] | string {
  const { size, loss, delay, reader, end } = params;
  if (reader === 'pauses') {
    return 'The slow reader is not run on the kernel: its buffer is the kernel’s own, and far larger than the model’s here. Choose a server that reads what comes.';
  }
  const isAborting = end === 'abort';
  const isRecorded = end === 'close' && delay === RECORDED_DELAY;
  const run: LinkRun = {
    kind: 'tcp',
    subnet: 0,
    seed: SEED,
    opensAtMs: OPENS_AT,
    writes: [{ atMs: OPENS_AT, bytes: Number(size) }],
    isHasty: false,
    ending: end === 'refused' ? 'refused' : 'close',
    ...(isAborting && { abortsAtMs: ABORTS_AT_MS }),
    ...linkOf(params),
  };
  return [{ lane: LANE, run, recorded: isRecorded ? RECORDED[`${loss} ${size}`] : undefined }];
}

const KEPT = { reader: 'reads', end: 'close', delay: RECORDED_DELAY } as const;

export const besideTcp = {
  lanes,
  offers: [
    { label: '20,000 bytes, nothing lost', params: { size: '20000', loss: 'none', ...KEPT } },
    {
      label: 'the fourth packet with data lost',
      params: { size: '20000', loss: 'middle', ...KEPT },
    },
    { label: 'the last packet with data lost', params: { size: '20000', loss: 'last', ...KEPT } },
    { label: 'the SYN lost', params: { size: '20000', loss: 'syn', ...KEPT } },
    {
      label: '100,000 bytes, 3 of 100 lost by chance',
      params: { size: '100000', loss: 'chance', ...KEPT },
    },
  ],
  loseJust: (ordinal: number) => ({ loss: 'these', drop: String(ordinal) }),
} as const satisfies Pick<Beside, 'offers' | 'loseJust'> & { lanes: typeof lanes };
