// A model's lane and the kernel's lane beside it, measured by the same rule from the packets alone, and said
// in words. Draws nothing.

import type { Capture, Frame } from '../capture/capture.ts';
import type { PacketRecord } from '../capture/packets.ts';
import {
  completionOf,
  firstDifference,
  retransmissionsOf,
  type Side,
  type Step,
  stepsOf,
} from '../sim/run-comparison.ts';
import { TCP_FLAG } from '../wire/tcp.ts';

/** The two runs of one lane, for a table and a sentence. */
export interface Comparison {
  /** What the lanes have in common: `TCP`; empty where there is one lane only. */
  readonly title: string;
  readonly sentences: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly model: string;
    readonly kernel: string;
  }[];
}

/** For each lane that a kernel's stands beside; nothing for a capture of one source. */
export function comparisonsOf({ sources = [], connections, frames }: Capture): Comparison[] {
  const recordsOf = (lane: string): PacketRecord[] => {
    const ids = new Set(connections.filter((one) => one.lane === lane).map(({ id }) => id));
    return frames.filter(({ connection }) => ids.has(connection)).flatMap(recordOf);
  };
  return sources.flatMap((model, i) => {
    const kernel = sources[i + 1];
    if (model.provenance !== 'modelled' || !kernel || kernel.provenance === 'modelled') return [];
    const [title = ''] = model.lane.includes(', ') ? model.lane.split(', ') : [];
    return [compare(title, recordsOf(model.lane), recordsOf(kernel.lane))];
  });
}

function recordOf({ transit, sources }: Frame): PacketRecord[] {
  const bytes = sources[0]?.bytes;
  return transit && bytes ? [{ ...transit, bytes }] : [];
}

function compare(
  title: string,
  model: readonly PacketRecord[],
  kernel: readonly PacketRecord[],
): Comparison {
  const [one, other] = [lossesAlike(stepsOf(model)), lossesAlike(stepsOf(kernel))];
  if (one.length === 0) return { title, ...compareDatagrams(model, kernel) };
  const sent = { model: lastByteOf(one), kernel: lastByteOf(other) };
  const done = {
    model: completionOf(one, sent.model),
    kernel: completionOf(other, sent.kernel),
  };
  const row = (label: string, value: (steps: readonly Step[]) => string) => ({
    label,
    model: value(one),
    kernel: value(other),
  });
  const again = (steps: readonly Step[]) => retransmissionsOf(steps);
  return {
    title,
    sentences: [
      clientSentence(firstDifference(one, other, 'client')),
      serverSentence(firstDifference(one, other, 'server')),
      sent.model === sent.kernel
        ? completionSentence(done.model, done.kernel, one[0]?.at ?? 0)
        : 'They did not send equally many bytes, so their ends cannot be compared.',
    ].filter((sentence) => sentence !== ''),
    rows: [
      { label: 'Bytes sent', model: String(sent.model), kernel: String(sent.kernel) },
      { label: 'All of them had arrived at', model: ms(done.model), kernel: ms(done.kernel) },
      row('Packets of the client', (steps) => count(steps, 'client')),
      row('Packets of the server', (steps) => count(steps, 'server')),
      row('Lost on the way', (steps) => String(steps.filter((s) => s.lostTo !== undefined).length)),
      row('Sent again by the client', (steps) => String(again(steps).length)),
      row('First sent again at', (steps) => ms(again(steps)[0]?.at)),
    ],
  };
}

/** The model may lose by another fault than the kernel's link; what counts is that it is lost. */
const lossesAlike = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) =>
    step.lostTo === undefined || step.lostTo === 'queue full' ? step : { ...step, lostTo: 'lost' },
  );

/** How many bytes the client sent, each counted once. */
const lastByteOf = (steps: readonly Step[]): number =>
  steps.reduce(
    (most, { from, seq, length }) =>
      from === 'client' && length > 0 ? Math.max(most, seq + length - 1) : most,
    0,
  );

const count = (steps: readonly Step[], side: Side): string =>
  String(steps.filter(({ from }) => from === side).length);

/** On the time of the picture. */
const ms = (at: number | undefined): string =>
  at === undefined ? 'never' : `${(at / 1_000).toFixed(1)} ms`;

type Found = ReturnType<typeof firstDifference>;

function clientSentence(found: Found): string {
  if (!found) return 'The client sent the same packets in both, and the same were lost.';
  const { ordinal, model, kernel } = found;
  const before =
    ordinal === 1 ? '' : `The first ${ordinal - 1} packets of the client are the same. `;
  return `${before}Its packet ${ordinal} is not: the model ${wordsOf(model)}, the kernel ${wordsOf(kernel)}.`;
}

function serverSentence(found: Found): string {
  if (!found) return 'The server sent the same packets too.';
  const { ordinal, model, kernel } = found;
  return `Of the server’s packets, number ${ordinal} is the first that differs: the model ${wordsOf(model)}, the kernel ${wordsOf(kernel)}.`;
}

const FLAGS = [
  ['SYN', TCP_FLAG.SYN],
  ['FIN', TCP_FLAG.FIN],
  ['RST', TCP_FLAG.RST],
] as const;

function wordsOf(step: Step | undefined): string {
  if (!step) return 'sends none';
  const { seq, length, ack, flags, lostTo } = step;
  const names = FLAGS.flatMap(([name, bit]) => (flags & bit ? [name] : []));
  const what = length > 0 ? [`data ${seq} to ${seq + length - 1}`, ...names] : names;
  const said = what.length > 0 ? what.join(' with ') : `ACK ${ack}`;
  return `sends ${said} at ${ms(step.at)}${lostTo === undefined ? '' : ', which is lost'}`;
}

/** Both begin with the client's first packet, at `begun`. */
function completionSentence(
  model: number | undefined,
  kernel: number | undefined,
  begun: number,
): string {
  if (model === undefined || kernel === undefined) {
    return model === kernel
      ? ''
      : `All bytes arrived only ${model === undefined ? 'on the kernel' : 'in the model'}.`;
  }
  const off = kernel - model;
  const share = Math.abs(off / (model - begun)) * 100;
  const than = off < 0 ? 'sooner' : 'later';
  const said =
    share < 0.05 ? 'at the same time' : `${ms(Math.abs(off))} ${than} (${share.toFixed(1)} %)`;
  return `On the kernel the last byte was there ${said}${share < 0.05 ? '' : ' than in the model'}.`;
}

function compareDatagrams(
  model: readonly PacketRecord[],
  kernel: readonly PacketRecord[],
): Omit<Comparison, 'title'> {
  const lost = (records: readonly PacketRecord[]) =>
    records.flatMap(({ arrivedAt }, i) => (arrivedAt === undefined ? [i + 1] : []));
  const last = (records: readonly PacketRecord[]) =>
    records.reduce<number | undefined>(
      (most, { arrivedAt }) => (arrivedAt === undefined ? most : Math.max(most ?? 0, arrivedAt)),
      undefined,
    );
  const isSame =
    [sizes(model), lost(model).join()].join(';') === [sizes(kernel), lost(kernel).join()].join(';');
  const row = (label: string, value: (records: readonly PacketRecord[]) => string) => ({
    label,
    model: value(model),
    kernel: value(kernel),
  });
  return {
    sentences: [
      isSame
        ? 'The same datagrams left in both, and the same were lost. Nobody sent one again.'
        : 'The datagrams that left, or those that were lost, are not the same.',
    ],
    rows: [
      row('Datagrams', (records) => String(records.length)),
      row('Lost on the way', (records) => String(lost(records).length)),
      row('The last arrived at', (records) => ms(last(records))),
    ],
  };
}

const sizes = (records: readonly PacketRecord[]): string =>
  records.map(({ bytes }) => bytes.length).join();
