// A script in force: its entries in time, on every line that it is for. Makes the stages of their
// flows, and tells the tap what begins and ends.

import { createPlaceFinder, type PlaceFinder } from '../../src/capture/place.ts';
import type { Direction } from '../../src/capture/record.ts';
import { type Ending, NEVER } from '../../src/faults/fault.ts';
import { faultNamed } from '../../src/faults/index.ts';
import type { FaultScript, ScriptEntry } from '../../src/faults/script.ts';
import { scriptText } from '../../src/faults/script-text.ts';
import { mulberry32, seedFor } from '../../src/lib/random.ts';
import { after, type Micros, millis } from '../../src/lib/time.ts';
import type { FaultNote, Tap } from '../tap/tap.ts';
import type { LinkClock } from './clock.ts';
import type { Stage } from './flow.ts';
import type { Line, LineOwner, Watched } from './line.ts';

interface Span {
  readonly from: Micros;
  readonly until: Micros;
}

/** An entry and, where it begins at a place, who looks for that. */
interface Entry {
  readonly index: number;
  readonly script: ScriptEntry;
  readonly finder: PlaceFinder | undefined;
  /** For all lines; absent until its place is reached, and where it is for that line alone. */
  span: Span | undefined;
}

interface Known {
  readonly lane: string;
  readonly ordinal: number;
  readonly openedAt: Micros;
}

export class Conditions implements LineOwner {
  readonly #tap: Tap;
  readonly #clock: LinkClock;
  readonly #script: FaultScript;
  readonly #lane: string | undefined;
  readonly #entries: readonly Entry[];
  readonly #lines = new Map<Line, Known>();
  readonly #timers = new Set<() => void>();
  #ordinals = 0;

  /** In force from now, for one lane or for all. */
  constructor(tap: Tap, clock: LinkClock, script: FaultScript, lane: string | undefined) {
    this.#tap = tap;
    this.#clock = clock;
    this.#script = script;
    this.#lane = lane;
    const now = clock.now();
    this.#note({ what: 'set', detail: scriptText(script) });
    this.#entries = script.entries.map((entry, index): Entry => {
      const { when } = entry;
      if ('place' in when) {
        const finder = createPlaceFinder(when.place);
        return { index, script: entry, finder, span: undefined };
      }
      const until = when.until === undefined ? NEVER : after(now, millis(when.until));
      const span = { from: after(now, millis(when.from)), until };
      return { index, script: entry, finder: undefined, span };
    });
    for (const entry of this.#entries) if (entry.span) this.#announce(entry, entry.span);
  }

  /** From its first byte when `isNew`. */
  add(line: Line, lane: string, openedAt: Micros, isNew: boolean): void {
    const known = { lane, ordinal: this.#ordinals++, openedAt };
    this.#lines.set(line, known);
    const watched: Watched[] = [];
    for (const { index, script, finder } of this.#entries) {
      if (!finder || finder.isFound || !('place' in script.when)) continue;
      const { place } = script.when;
      if (place.lane !== lane) continue;
      const probe = finder.begin(isNew ? undefined : line.seen);
      watched.push({ entry: index, probe, direction: place.direction });
    }
    for (const direction of ['up', 'down'] as const) {
      line.flow(direction).set(
        this.#entries.flatMap((entry) => {
          const { span } = entry;
          return span && isFor(entry, direction)
            ? [this.#stage(entry, span, known, direction)]
            : [];
        }),
      );
    }
    line.watch(watched);
    for (const entry of this.#entries) if (entry.span) this.#wake(entry, line);
  }

  remove(line: Line): void {
    this.#lines.delete(line);
  }

  reached(line: Line, index: number): void {
    const entry = this.#entries[index];
    const known = this.#lines.get(line);
    if (!entry || !known || !('place' in entry.script.when)) return;
    const { everywhere, for: length } = entry.script.when;
    const from = this.#clock.now();
    const span = { from, until: length === undefined ? NEVER : after(from, millis(length)) };
    // Who is turned away has no connection yet, so that cannot be for this one alone.
    const isForAll = everywhere || entry.script.fault === 'turn-away';
    if (isForAll) entry.span = span;
    this.#announce(entry, span, isForAll ? undefined : line);
    for (const one of isForAll ? [...this.#lines.keys()] : [line]) {
      const its = this.#lines.get(one);
      if (!its) continue;
      for (const direction of ['up', 'down'] as const) {
        if (!isFor(entry, direction) || one.isCut) continue;
        one.flow(direction).add(this.#stage(entry, span, its, direction));
      }
    }
  }

  wasCut(line: Line, how: Ending, index: number): void {
    const fault = this.#entries[index]?.script.fault ?? '';
    const what = fault === 'turn-away' ? 'turned-away' : 'cut';
    this.#note({ what, connection: line.id, entry: index, fault, detail: how });
  }

  /** No longer in force. Says which places never came. */
  end(): void {
    for (const takeBack of this.#timers) takeBack();
    this.#timers.clear();
    for (const { index, script, finder } of this.#entries) {
      if (!finder || finder.isFound) continue;
      this.#note({ what: 'place-not-reached', entry: index, fault: script.fault });
    }
    for (const line of this.#lines.keys()) {
      line.watch([]);
      line.flow('up').set([]);
      line.flow('down').set([]);
    }
    this.#lines.clear();
  }

  #stage(entry: Entry, span: Span, { ordinal, openedAt }: Known, direction: Direction): Stage {
    const fault = faultNamed(entry.script.fault);
    if (!fault) throw new Error(`a script with the unknown fault "${entry.script.fault}"`);
    const own = seedFor(
      seedFor(this.#script.seed, entry.index),
      ordinal * 2 + +(direction === 'up'),
    );
    const given = { carrier: 'stream', ...span, openedAt } as const;
    const decide = fault.create(entry.script.params, mulberry32(own), given);
    return { entry: entry.index, ...span, decide };
  }

  /** Says when it begins and ends, and lets it act then where nothing is said. */
  #announce(entry: Entry, span: Span, line?: Line): void {
    const { index, script } = entry;
    const told = { entry: index, fault: script.fault, ...(line ? { connection: line.id } : {}) };
    const at = (time: Micros, run: () => void): void => {
      if (time <= this.#clock.now()) {
        run();
        return;
      }
      if (!Number.isFinite(time)) return;
      const takeBack = this.#clock.setTimer(time, () => {
        this.#timers.delete(takeBack);
        at(time, run);
      });
      this.#timers.add(takeBack);
    };
    at(span.from, () => {
      this.#note({ what: 'began', ...told });
      for (const one of line ? [] : [...this.#lines.keys()]) this.#wake(entry, one);
    });
    at(span.until, () => this.#note({ what: 'ended', ...told }));
  }

  #wake(entry: Entry, line: Line): void {
    for (const direction of ['up', 'down'] as const) {
      if (isFor(entry, direction) && !line.isCut) line.flow(direction).wake();
    }
  }

  #note(note: FaultNote): void {
    this.#tap.fault(this.#lane === undefined ? note : { ...note, lane: this.#lane });
  }
}

const isFor = ({ script }: Entry, direction: Direction): boolean =>
  script.direction === 'both' || script.direction === direction;
