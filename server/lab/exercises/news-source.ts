// One source of news for all lanes of a lab: every lane is handed the same item in the same instant.
// Knows no way of serving it.

export interface NewsItem {
  readonly id: number;
  readonly text: string;
}

export interface NewsPlan {
  readonly count: number;
  readonly everyMs: number;
  readonly size: number;
  /** That many items come in the same instant; the time between bursts keeps the mean rate. */
  readonly burst: number;
}

type After = (ms: number, run: () => void) => () => void;

/** What one lane does with the source. */
interface NewsLane {
  /** Writes down that there is an item; all lanes do, for all of a burst, before one of them sends it. */
  announce(item: NewsItem): void;
  publish(item: NewsItem): void;
  finish(): void;
}

class NewsSource {
  readonly lanes = new Set<NewsLane>();
  #hasStarted = false;

  /** The first order starts it, for all lanes; further ones change nothing. */
  start({ count, everyMs, size, burst }: NewsPlan, after: After): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const next = (id: number): void => {
      const length = Math.min(burst, count - id + 1);
      const items = Array.from({ length }, (_, i) => ({ id: id + i, text: textOf(id + i, size) }));
      for (const item of items) for (const lane of this.lanes) lane.announce(item);
      for (const item of items) for (const lane of this.lanes) lane.publish(item);
      if (id + length <= count) after(everyMs * burst, () => next(id + length));
    };
    after(everyMs * burst, () => next(1));
  }

  finish(): void {
    for (const lane of this.lanes) lane.finish();
  }
}

const WORDS =
  'tram harbour museum garden bridge market library theatre station river square school tower street ' +
  'opens closes moves returns waits begins ends grows changes arrives leaves rests ' +
  'today tonight tomorrow early late again soon slowly nearby twice at noon on time for now';
const VOCABULARY = WORDS.split(' ');

/**
 * Exactly that many letters, so that the size is the learner's choice. Each item has other words: a row
 * of dots would compress to nothing, which no news does.
 */
function textOf(id: number, size: number): string {
  let text = `News ${id}:`;
  for (let state = id; text.length < size; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += ` ${VOCABULARY[Math.floor(state / 65_536) % VOCABULARY.length]}`;
  }
  return text.slice(0, size);
}

const sources = new Map<string, NewsSource>();

/** The source of the lab in whose path the lane lies; it is gone with the lab's last lane. */
export function joinSource(
  path: string,
  lane: NewsLane,
): { readonly source: NewsSource; readonly leave: () => void } {
  const lab = path.split('/')[2] ?? '';
  const source = sources.get(lab) ?? new NewsSource();
  sources.set(lab, source);
  source.lanes.add(lane);
  return {
    source,
    leave() {
      source.lanes.delete(lane);
      if (source.lanes.size === 0) sources.delete(lab);
    },
  };
}
