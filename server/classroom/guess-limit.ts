// Bounds how often one address may be wrong, so that codes and keys cannot be tried out.

const MAX_WRONG = 30;
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

export class GuessLimit {
  readonly #wrong = new Map<string, { count: number; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  isOver(address: string): boolean {
    const entry = this.#wrong.get(address);
    return entry !== undefined && entry.until > this.#now() && entry.count >= MAX_WRONG;
  }

  wasWrong(address: string): void {
    const entry = this.#wrong.get(address);
    if (entry && entry.until > this.#now()) {
      entry.count++;
      return;
    }
    if (this.#wrong.size >= MAX_ADDRESSES) this.#wrong.clear();
    this.#wrong.set(address, { count: 1, until: this.#now() + WINDOW_MS });
  }
}
