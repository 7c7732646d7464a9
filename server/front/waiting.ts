// Counts the connections that have not said yet where they belong, of each address and of all.
// Knows no socket.

export interface WaitingLimits {
  readonly waitingPerAddress: number;
  readonly waiting: number;
}

export class Waiting {
  readonly #limits: WaitingLimits;
  readonly #ofAddress = new Map<string, number>();
  #all = 0;

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** Counts one more and returns the end of it; nothing where it is one too many. */
  enter(address: string): (() => void) | undefined {
    const theirs = this.#ofAddress.get(address) ?? 0;
    const { waiting, waitingPerAddress } = this.#limits;
    if (theirs >= waitingPerAddress || this.#all >= waiting) return undefined;
    this.#ofAddress.set(address, theirs + 1);
    this.#all++;
    let isIn = true;
    return () => {
      if (isIn) this.#leave(address);
      isIn = false;
    };
  }

  #leave(address: string): void {
    this.#all--;
    const left = (this.#ofAddress.get(address) ?? 0) - 1;
    if (left > 0) this.#ofAddress.set(address, left);
    else this.#ofAddress.delete(address);
  }
}
