// Captures frozen for others to see: each a pcapng file named by its content's SHA-256. Holds no key.

import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePcapng } from '../../src/capture/pcapng.ts';
import type { TapRecord } from '../../src/capture/record.ts';
import { done, type Reply, refused } from '../../src/contract/call.ts';

const MAX_BYTES = 1_000_000;

export class Published {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Writes the capture once, however often it is published. */
  async publish(records: readonly TapRecord[]): Promise<Reply<{ capture: string }>> {
    const bytes = writePcapng(records);
    if (bytes.length > MAX_BYTES) {
      return refused(
        'labs/too-large',
        'This capture is over 1 MB, the most that can be shared. Run it again, shorter.',
      );
    }
    const capture = createHash('sha256').update(bytes).digest('hex');
    const file = join(this.#folder, `${capture}.pcapng`);
    // Written aside first, so that nobody ever reads half a file.
    await writeFile(`${file}.part`, bytes);
    await rename(`${file}.part`, file);
    return done({ capture });
  }

  /** The file's bytes, or nothing where no such capture was published. */
  async read(capture: string): Promise<Buffer | undefined> {
    if (!/^[0-9a-f]{64}$/.test(capture)) return undefined;
    return readFile(join(this.#folder, `${capture}.pcapng`)).catch(() => undefined);
  }
}
