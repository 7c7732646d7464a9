// Takes in what an acknowledgement says: the scoreboard, the round trip, losses, the window. The order
// is Linux's tcp_ack.

import { type Micros, micros } from '../../lib/time.ts';
import type { Block } from './receive-buffer.ts';
import type { Sent } from './scoreboard.ts';
import type { Sender } from './sender.ts';

export interface AckFacts {
  /** `SEG.ACK` as a place, not beyond `SND.NXT`. */
  readonly ack: number;
  /** As places, in the order of the option. */
  readonly blocks: readonly Block[];
  readonly carriesData: boolean;
  /** The window is another than before. */
  readonly changesWindow: boolean;
  /** The echoed timestamp as time, where the option is there; whole milliseconds. */
  readonly echo: Micros | undefined;
}

export function takeAcknowledgement(sender: Sender, facts: AckFacts, now: Micros): void {
  const { scoreboard, recovery, window } = sender;
  const priorUna = sender.una;
  const isForward = facts.ack > priorUna;
  const head = scoreboard.head;
  const usesSack = recovery.name !== 'newreno';
  const isDsack = usesSack && hasDsack(facts);
  const sacked = usesSack ? takeBlocks(sender, facts, isDsack) : [];
  sender.una = Math.max(priorUna, facts.ack);
  const done = scoreboard.acknowledge(sender.una);
  const fresh = done.filter(({ isSacked }) => !isSacked);
  measure(sender, done, sacked, facts, now);
  if (isForward) sender.onProgress(now);
  // Answers to window probes are no sign of a loss.
  const isOutstanding = head !== undefined && sender.wnd > 0;
  const wasRecovering = recovery.phase === 'recovery';
  recovery.onAck({
    now,
    priorUna,
    arrived: sacked.length > 0 ? [...sacked, ...fresh] : fresh,
    acknowledged: done.length,
    isForward,
    isDuplicate:
      isOutstanding && !isForward && !facts.carriesData && !facts.changesWindow && !isDsack,
    hasNewSack: sacked.length > 0,
    isDsack,
    echoedBefore: (time) =>
      facts.echo !== undefined && facts.echo < Math.floor(time / 1_000) * 1_000,
  });
  const phase = recovery.phase;
  const mayGrow = phase === 'open' || phase === 'disorder' || phase === 'loss';
  if (!isForward || !mayGrow || !sender.isWindowLimited) return;
  if (recovery.name === 'newreno' && wasRecovering) return;
  const all = fresh.length + sacked.length;
  const acked = sender.parameters.growth === 'segments' ? all : Math.min(1, all);
  if (acked > 0) sender.congestion.onAck(window, acked, now);
}

/** RFC 2883 §4: the first block repeats what is acknowledged, or lies inside the second. */
function hasDsack({ ack, blocks: [first, second] }: AckFacts): boolean {
  if (!first) return false;
  if (first.start < ack) return true;
  return second !== undefined && first.start >= second.start && first.end <= second.end;
}

function takeBlocks(
  { scoreboard, nxt }: Sender,
  { ack, blocks }: AckFacts,
  isDsack: boolean,
): Sent[] {
  const sacked: Sent[] = [];
  for (const [i, { start, end }] of blocks.entries()) {
    const isNonsense = start >= end || end > nxt;
    if ((i === 0 && isDsack) || isNonsense || end <= ack) continue;
    for (const sent of scoreboard.sack(start, end)) sacked.push(sent);
  }
  return sacked.length > 1 ? sacked.sort((a, b) => a.start - b.start) : sacked;
}

/** Karn's rule (RFC 6298 §3): what was sent twice tells nothing, except by its timestamp. */
function measure(
  sender: Sender,
  done: readonly Sent[],
  sacked: readonly Sent[],
  { echo }: AckFacts,
  now: Micros,
): void {
  const { rtt, congestion, window, una, nxt } = sender;
  const wasResent = done.some(({ transmissions }) => transmissions > 1);
  const plain = done.filter((sent) => sent.transmissions === 1 && !sent.isSacked);
  const plainSacked = sacked.filter(({ transmissions }) => transmissions === 1);
  const first = (wasResent ? undefined : plain[0]) ?? plainSacked[0];
  const last = (wasResent ? undefined : plain.at(-1)) ?? plainSacked.at(-1);
  if (first) rtt.sample(micros(now - first.sentAt), una, nxt);
  else if (done.length > 0 && echo !== undefined && echo > 0) {
    const sample = Math.floor(now / 1_000) * 1_000 - echo;
    if (sample < 0) return;
    const echoed = micros(Math.max(1_000, sample));
    rtt.sample(echoed, una, nxt);
    if (!last) congestion.onRtt(window, { rtt: echoed, now, una, nxt });
  }
  if (last) congestion.onRtt(window, { rtt: micros(now - last.sentAt), now, una, nxt });
}
