// All labs of this process: opened within limits, found by id, taken down when idle. A lab's tap is
// given only to whoever holds its token.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Reply, refused } from '../../src/contract/call.ts';
import type { LabRequest } from '../../src/contract/labs.ts';
import { parseScript } from '../../src/faults/script.ts';
import type { RingLimits } from '../tap/ring.ts';
import type { Exercise } from './exercises/exercise.ts';
import { EXERCISES } from './exercises/index.ts';
import { Lab } from './lab.ts';

export interface LabLimits {
  readonly labs: number;
  readonly labsPerAddress: number;
  readonly connectionsPerLab: number;
  readonly ringBytes: number;
  /** Of all labs' rings together: with many labs each has less. */
  readonly allRingBytes: number;
  readonly ringRecords: number;
  readonly idleMs: number;
}

export const LAB_LIMITS: LabLimits = {
  labs: 1_000,
  labsPerAddress: 200,
  connectionsPerLab: 32,
  ringBytes: 4_000_000,
  allRingBytes: 1_000_000_000,
  ringRecords: 20_000,
  idleMs: 10 * 60_000,
};

interface Entry {
  readonly lab: Lab;
  readonly tokenHash: Buffer;
  readonly address: string;
  watchers: number;
  idleSince: number | undefined;
}

const SWEEP_MS = 15_000;

export class Labs {
  readonly limits: LabLimits;
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #sweeper: NodeJS.Timeout;

  /** `now` is in milliseconds and never goes back. */
  constructor(limits: LabLimits = LAB_LIMITS, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.#now = now;
    this.#sweeper = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Opens a lab for a browser at `address`. The token is told once and kept only as a hash. */
  open(request: LabRequest, address: string): Reply<{ lab: string; token: string }> {
    const exercises = new Map<string, Exercise>();
    for (const [lane, { exercise: name }] of Object.entries(request.lanes)) {
      const exercise = EXERCISES.find((one) => one.name === name);
      if (!exercise) return refused('labs/no-such-exercise', `There is no exercise "${name}".`);
      exercises.set(lane, exercise);
    }
    if (this.#entries.size >= this.limits.labs) {
      return refused(
        'labs/full',
        'All labs of this server are in use. Try again in a few minutes.',
      );
    }
    const theirs = [...this.#entries.values()].filter((entry) => entry.address === address);
    if (theirs.length >= this.limits.labsPerAddress) {
      return refused(
        'labs/too-many',
        'Your address has too many labs open. Close other Wirelight pages and try again.',
      );
    }
    const script = request.link === undefined ? undefined : parseScript(request.link);
    if (script && !script.ok) return script;
    const id = newId();
    const token = randomBytes(32).toString('hex');
    const lab = new Lab(id, exercises, request, this.#ringLimits(), script?.value);
    this.#entries.set(id, {
      lab,
      tokenHash: hash(token),
      address,
      watchers: 0,
      idleSince: this.#now(),
    });
    return { ok: true, value: { lab: id, token } };
  }

  /** Anybody may connect to a lab: its id stands in every request line. */
  find(id: string): Lab | undefined {
    return this.#entries.get(id)?.lab;
  }

  /** The lab, for whoever holds its token. */
  owned(id: string, token: string): Reply<Lab> {
    const entry = this.#entries.get(id);
    if (!entry) {
      return refused(
        'labs/gone',
        'This lab was taken down: nobody used it for a while, or the server started anew. Run it again.',
      );
    }
    if (!timingSafeEqual(entry.tokenHash, hash(token))) {
      return refused('labs/not-yours', 'This lab belongs to another browser.');
    }
    return { ok: true, value: entry.lab };
  }

  /** Counts a viewer of the lab's tap, which keeps the lab from being idle. Returns the end of it. */
  hold(id: string): () => void {
    const entry = this.#entries.get(id);
    if (!entry) return () => undefined;
    entry.watchers++;
    let isHeld = true;
    return () => {
      if (isHeld) entry.watchers--;
      isHeld = false;
    };
  }

  close(id: string): void {
    this.#entries.get(id)?.lab.close();
    this.#entries.delete(id);
  }

  /** Takes down what nobody has watched or been connected to for a while. */
  sweep(): void {
    for (const [id, entry] of this.#entries) {
      entry.lab.tap.ring.trim();
      const isUsed = entry.watchers > 0 || entry.lab.connections > 0;
      entry.idleSince = isUsed ? undefined : (entry.idleSince ?? this.#now());
      const { idleSince } = entry;
      if (idleSince !== undefined && this.#now() - idleSince >= this.limits.idleMs) this.close(id);
    }
  }

  /** What a ring may hold now: its own limit, or its share of what all may hold. */
  #ringLimits(): RingLimits {
    const labs = this;
    const { ringBytes, allRingBytes, ringRecords: records } = this.limits;
    return {
      get bytes() {
        return Math.min(ringBytes, Math.floor(allRingBytes / Math.max(1, labs.size)));
      },
      records,
    };
  }

  closeAll(): void {
    clearInterval(this.#sweeper);
    for (const id of [...this.#entries.keys()]) this.close(id);
  }
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

const newId = (): string =>
  Array.from(randomBytes(10), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
