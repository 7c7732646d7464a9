// A model's run and a kernel's run of the same scenario in one capture, on one axis of time: each lane of
// the model, and beside it what was seen on the link of the kernel. Compares nothing.

import { after, micros } from '../lib/time.ts';
import { fieldValue } from '../wire/layer.ts';
import type { Capture, Frame, LaneSource, Provenance } from './capture.ts';
import { payloadRange, transportOf } from './packet-reading.ts';
import { createPacketCapture, type PacketRecord } from './packets.ts';

export interface KernelLane {
  /** The lane of the model that it stands beside. */
  readonly beside: string;
  readonly provenance: Exclude<Provenance, 'derived' | 'modelled'>;
  /** Packets as they were seen at both ends of the link. */
  readonly records: readonly PacketRecord[];
}

/**
 * The two begin together: the kernel's first packet is put at the time of the model's first on that lane.
 * The lanes are in the order of `kernels`. A lane of the kernel that the model does not have is left out.
 */
export function besideModel(model: Capture, kernels: readonly KernelLane[]): Capture {
  const known = new Set(model.connections.map(({ lane }) => lane));
  const asked = kernels.map(({ beside }) => beside).filter((lane) => known.has(lane));
  const lanes = [...new Set([...asked, ...known])];
  const isAlone = lanes.length === 1;
  const nameOf = (lane: string, who: string): string => (isAlone ? who : `${lane}, ${who}`);
  const modelName = (lane: string) => nameOf(lane, MODEL);
  const parts = lanes.flatMap((lane) => {
    const kernel = kernels.find(({ beside }) => beside === lane);
    return kernel ? [kernelPart(model, kernel, nameOf(lane, KERNEL))] : [];
  });
  const sources: LaneSource[] = lanes.flatMap((lane): LaneSource[] => [
    { lane: modelName(lane), provenance: model.provenance },
    ...parts.filter(({ beside }) => beside === lane).map(({ source }) => source),
  ]);
  const first = model.connections.reduce((most, { id }) => Math.max(most, id), 0);
  const renamed = model.connections.map((one) => ({ ...one, lane: modelName(one.lane) }));
  const more = parts.map(({ capture }, i) =>
    capture.connections.map((one) => ({ ...one, id: first + i * MANY + one.id })),
  );
  const frames: Frame[] = [
    ...model.frames,
    ...parts.flatMap(({ capture }, i) =>
      capture.frames.map((one) => ({ ...one, connection: first + i * MANY + one.connection })),
    ),
  ];
  frames.sort((a, b) => a.at - b.at);
  return {
    ...model,
    connections: [...renamed, ...more.flat()],
    frames: frames.map((frame, id) => ({ ...frame, id })),
    notes: model.notes.map((note) => ({ ...note, lane: modelName(note.lane) })),
    sources,
    endAt: micros(Math.max(model.endAt, ...parts.map(({ capture }) => capture.endAt))),
  };
}

const MODEL = 'the model';
const KERNEL = 'the kernel';
/** More connections than any lane has: an ICMP message makes one of its own. */
const MANY = 1_000;
const AGAIN = 'sent again: a retransmission or a probe';

function kernelPart(model: Capture, { beside, provenance, records }: KernelLane, lane: string) {
  const begins = firstOf(model, beside);
  // As in the model: it leaves when its first bit is on the link, and waits in its own host before that.
  const left = records.map((one) => ({ ...one, leftAt: after(one.leftAt, one.waited) }));
  const shift = begins - Math.min(...left.map(({ leftAt }) => leftAt));
  const shifted = left.map(({ arrivedAt, ...one }) => ({
    ...one,
    leftAt: after(one.leftAt, shift),
    ...(arrivedAt !== undefined && { arrivedAt: after(arrivedAt, shift) }),
    why: provenance,
  }));
  const capture = createPacketCapture(shifted, provenance);
  const connections = capture.connections.map((one) => ({ ...one, lane }));
  const seen = new Set<string>();
  const frames = capture.frames.map((frame) => {
    const key = isCounted(frame) ? `${frame.connection} ${frame.direction} ${numberOf(frame)}` : '';
    const isAgain = key !== '' && seen.has(key);
    seen.add(key);
    return isAgain ? { ...frame, transit: { ...frame.transit, why: AGAIN } } : frame;
  });
  return {
    beside,
    capture: { ...capture, connections, frames },
    source: { lane, provenance } satisfies LaneSource,
  };
}

function firstOf({ connections, frames }: Capture, lane: string): number {
  const ids = new Set(connections.filter((one) => one.lane === lane).map(({ id }) => id));
  return frames.find(({ connection }) => ids.has(connection))?.at ?? 0;
}

/** Takes sequence numbers: data, SYN or FIN. */
function isCounted(frame: Frame): boolean {
  const layer = transportOf(frame);
  if (layer?.protocol !== 'tcp') return false;
  const [start, end] = payloadRange(frame);
  const isFlag = ['syn', 'fin'].some((name) => fieldValue(layer, `tcp.flags.${name}`) === true);
  return end > start || isFlag;
}

const numberOf = (frame: Frame): string => {
  const layer = transportOf(frame);
  return String(layer && fieldValue(layer, 'tcp.seq_raw'));
};
