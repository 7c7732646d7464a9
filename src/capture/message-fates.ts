// What became of each message, by what the programs at the ends wrote down. Knows no protocol and no
// packet.

import type { Capture } from './capture.ts';
import type { Noted } from './record.ts';

export interface MessageFate {
  readonly lane: string;
  readonly id: string;
  /** When its program sent it first; µs. */
  readonly emittedAt: number;
  /** Each time the other program handled it. */
  readonly handledAt: readonly number[];
  /** Each time the other program knew it already and ignored it. */
  readonly repeatedAt: readonly number[];
  /** Each time its program sent it again. */
  readonly resentAt: readonly number[];
  readonly abandonedAt?: number;
  /** What the other program said of it. */
  readonly detail?: string;
}

/** In the order in which they were sent, by lane. */
export function messageFates({ notes }: Capture): readonly MessageFate[] {
  const byKey = new Map<string, Noted[]>();
  for (const note of notes) {
    if (note.message === '') continue;
    const key = `${note.lane} ${note.message}`;
    byKey.set(key, [...(byKey.get(key) ?? []), note]);
  }
  return [...byKey.values()].flatMap((all) => {
    const times = (what: Noted['what']) =>
      all.filter((note) => note.what === what).map(({ wroteAt }) => wroteAt as number);
    const [emittedAt] = times('emitted');
    const [first] = all;
    if (emittedAt === undefined || !first) return [];
    const [abandonedAt] = times('abandoned');
    const detail = all.findLast((note) => note.detail !== undefined)?.detail;
    return [
      {
        lane: first.lane,
        id: first.message,
        emittedAt,
        handledAt: times('handled'),
        repeatedAt: times('repeated'),
        resentAt: times('resent'),
        ...(abandonedAt === undefined ? {} : { abandonedAt }),
        ...(detail === undefined ? {} : { detail }),
      },
    ];
  });
}
