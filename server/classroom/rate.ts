// Counts how often something happened to somebody within a window of time. Knows no class.

const MAX_KEYS = 10_000;

export class Rate {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #counts = new Map<string, { count: number; until: number }>();

  constructor(max: number, windowMs: number, now: () => number) {
    this.#max = max;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Counts one more. False once there were more than the bound within the window. */
  take(key: string): boolean {
    const now = this.#now();
    const before = this.#counts.get(key);
    if (before && before.until > now) return ++before.count <= this.#max;
    // The oldest go first, so that filling the table does not free who was counted just now.
    this.#counts.delete(key);
    const oldest = this.#counts.size >= MAX_KEYS ? this.#counts.keys().next().value : undefined;
    if (oldest !== undefined) this.#counts.delete(oldest);
    this.#counts.set(key, { count: 1, until: now + this.#windowMs });
    return this.#max >= 1;
  }
}
