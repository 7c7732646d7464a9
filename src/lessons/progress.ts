// What this browser remembers of a learner: steps reached and answers given. Whatever it finds in
// storage that it does not understand counts as nothing.

const KEY = 'wirelight.progress.1';

export interface LessonProgress {
  /** The step last shown, from 1. */
  readonly step: number;
  /** Answer by question id. */
  readonly answers: Readonly<Record<string, string>>;
}

const NOTHING: LessonProgress = { step: 1, answers: {} };

type Stored = Record<string, LessonProgress>;

/** Reads what was stored; anything malformed is as if it were not there. */
export function parseProgress(text: string | null): Stored {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, LessonProgress] =>
        isProgress(entry[1]),
      ),
    );
  } catch {
    return {};
  }
}

function isProgress(value: unknown): value is LessonProgress {
  if (typeof value !== 'object' || value === null) return false;
  const { step, answers } = value as { step?: unknown; answers?: unknown };
  const hasAnswers = typeof answers === 'object' && answers !== null;
  return (
    Number.isInteger(step) &&
    hasAnswers &&
    Object.values(answers).every((a) => typeof a === 'string')
  );
}

export function readProgress(slug: string): LessonProgress {
  return readAll()[slug] ?? NOTHING;
}

export function writeProgress(slug: string, progress: LessonProgress): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readAll(), [slug]: progress }));
  } catch {
    // Storage may be off or full: the lesson goes on and is only not remembered.
  }
}

function readAll(): Stored {
  try {
    return parseProgress(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}
