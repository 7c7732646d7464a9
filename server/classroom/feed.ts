// Gives one follower what it lacks of one class, in parts of bounded size, each only once the one before
// was acknowledged: however often it asks, no more than one part waits in its connection.

import type { ClassEntry } from '../../src/contract/class.ts';
import type { Reader } from './classroom.ts';

export const PART = { entries: 200, bytes: 64_000 };

interface Parts {
  /** Entries after `seq`, at most as many as a part holds, as that reader may see them. */
  read(seq: number, reader: Reader): ClassEntry[];
  /** True once the follower acknowledged the part; false where it did not in good time. */
  send(entries: readonly ClassEntry[]): Promise<boolean>;
  /** Nothing is left to read. From here on the follower is told with everybody else. */
  caughtUp(reader: Reader): void;
  onBug(error: unknown): void;
}

export class Feed {
  readonly #parts: Parts;
  #from: { readonly after: number; readonly reader: Reader } | undefined;
  #isRunning = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Goes on from `after`. A part that is under way is waited for. */
  async start(after: number, reader: Reader): Promise<void> {
    this.#from = { after, reader };
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#from) await this.#one(this.#from);
    } catch (error) {
      this.#from = undefined;
      this.#parts.onBug(error);
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    this.#from = undefined;
  }

  async #one(from: { readonly after: number; readonly reader: Reader }): Promise<void> {
    const entries = fitting(this.#parts.read(from.after, from.reader));
    const last = entries.at(-1);
    if (last === undefined) {
      // In the same turn as the empty read, so that nothing is appended in between.
      this.#from = undefined;
      this.#parts.caughtUp(from.reader);
      return;
    }
    const isReceived = await this.#parts.send(entries);
    // While this waited, the follower may have asked again from elsewhere, or have gone.
    if (this.#from === from) this.#from = isReceived ? { ...from, after: last.seq } : undefined;
  }
}

/** The first entries that fit into a part; one that is larger goes alone. */
function fitting(entries: readonly ClassEntry[]): readonly ClassEntry[] {
  let bytes = 0;
  const end = entries.findIndex((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return bytes > PART.bytes;
  });
  return end < 0 ? entries : entries.slice(0, Math.max(end, 1));
}
