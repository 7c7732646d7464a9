// The runs that the steps of lessons show, as their authors wrote them. Knows the text of lessons only.

import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../content/lessons/', import.meta.url);

export interface StepRun {
  /** `04-tcp, One is lost in the middle`. */
  readonly name: string;
  /** `tcp?loss=middle`, as in the demo's address. */
  readonly address: string;
}

/** Every step of a lesson that shows one of these demos; the same run twice in a lesson is there once. */
export function stepRuns(demos: readonly string[]): readonly StepRun[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const source = readFileSync(new URL(file, FOLDER), 'utf8');
    let title = '';
    const found = new Map<string, StepRun>();
    for (const [, step, demo] of source.matchAll(/<Step title="([^"]*)"|<Demo ([^>]*)\/>/g)) {
      if (step !== undefined) title = step;
      const name = attribute(demo, 'name');
      if (!demos.includes(name)) continue;
      const address = `${name}?${attribute(demo, 'params')}`;
      if (found.has(address)) continue;
      found.set(address, { name: `${file.replace('.mdx', '')}, ${title}`, address });
    }
    return [...found.values()];
  });
}

const attribute = (text: string | undefined, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(text ?? '')?.[1] ?? '';
