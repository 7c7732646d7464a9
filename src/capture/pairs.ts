// Finds the answer to each question, wherever each travelled. Knows keys, and no protocol.

import type { LayerRef, Pair } from './capture.ts';
import type { PairEnd } from './frame-draft.ts';

export class Pairs {
  readonly #found: Pair[] = [];
  readonly #asks = new Map<string, LayerRef[]>();
  /** A server may answer a request whose body is still on its way. */
  readonly #earlyAnswers = new Map<string, LayerRef>();

  /** The ends in one frame, in the order in which they stand there. */
  add(frame: number, ends: readonly PairEnd[]): void {
    for (const { kind, key, role, layer } of ends) {
      const ref = { frame, layer };
      const slot = `${kind} ${key}`;
      if (role === 'ask') this.#ask(kind, slot, ref);
      else this.#answer(kind, slot, ref);
    }
  }

  #ask(kind: Pair['kind'], slot: string, from: LayerRef): void {
    const to = this.#earlyAnswers.get(slot);
    if (to) {
      this.#earlyAnswers.delete(slot);
      this.#found.push({ kind, from, to });
      return;
    }
    const waiting = this.#asks.get(slot);
    if (waiting) waiting.push(from);
    else this.#asks.set(slot, [from]);
  }

  #answer(kind: Pair['kind'], slot: string, to: LayerRef): void {
    const waiting = this.#asks.get(slot);
    const from = waiting?.shift();
    if (waiting?.length === 0) this.#asks.delete(slot);
    if (from) this.#found.push({ kind, from, to });
    else if (kind === 'request-response') this.#earlyAnswers.set(slot, to);
  }

  /** In the order of the answers. */
  all(): readonly Pair[] {
    return this.#found.slice();
  }
}
