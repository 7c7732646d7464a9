// Lent devices that are offered to a class now, each until somebody of the class takes it. Of the moment:
// no log keeps them, and who offers is not told. Knows no socket.

import { randomBytes } from 'node:crypto';
import type { DeviceOffer } from '../../src/contract/drive.ts';

interface Offer<R> {
  readonly code: string;
  readonly right: R;
}

/** Of one class at a time. */
const MAX_OPEN = 20;

export class Offers<R extends { readonly device: string }> {
  readonly #open = new Map<string, Offer<R>>();

  /** False where the class has as many as it can show. The same right once more is the same offer. */
  add(code: string, right: R): boolean {
    this.end(right);
    const isFull = [...this.#open.values()].filter((one) => one.code === code).length >= MAX_OPEN;
    if (!isFull) this.#open.set(randomBytes(8).toString('hex'), { code, right });
    return !isFull;
  }

  /** What is open in the class, as whoever `isMine` is true for sees it. */
  of(code: string, isMine: (right: R) => boolean): DeviceOffer[] {
    return [...this.#open].flatMap(([offer, { code: where, right }]) =>
      where === code ? [{ offer, device: right.device, isYours: isMine(right) }] : [],
    );
  }

  /** Who takes it has it alone: it is open no more. */
  take(code: string, offer: string): R | undefined {
    const found = this.#open.get(offer);
    if (found?.code !== code) return undefined;
    this.#open.delete(offer);
    return found.right;
  }

  /** The class where that right was offered. */
  end(right: R): string | undefined {
    for (const [offer, open] of this.#open) {
      if (open.right !== right) continue;
      this.#open.delete(offer);
      return open.code;
    }
    return undefined;
  }
}
