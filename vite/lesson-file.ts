// Reads one lesson's file: its front matter, checked, and the titles of its steps.

import { parse } from 'yaml';
import { frontMatter, type LessonInfo } from '../src/lessons/schema.ts';

const NAME = /^(\d\d)-([a-z0-9-]+)\.mdx$/;

/** Throws a sentence with file, line and what was expected. `path` ends in `NN-slug.mdx`. */
export function readLesson(path: string, source: string): LessonInfo {
  const name = NAME.exec(path.split('/').at(-1) ?? '');
  if (!name) throw new Error(`${path}: a lesson's file is named NN-slug.mdx`);
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (head === undefined || body === undefined) {
    throw new Error(`${path}:1: expected front matter between two lines of ---`);
  }
  const meta = frontMatter.safeParse(parse(head));
  if (!meta.success) {
    const issue = meta.error.issues[0];
    const key = String(issue?.path[0] ?? '');
    const line = head.split('\n').findIndex((text) => text.startsWith(`${key}:`)) + 2;
    throw new Error(`${path}:${Math.max(1, line)}: ${key}: ${issue?.message}`);
  }
  const steps = [...body.matchAll(/<Step title="([^"]+)"/g)].map(([, title = '']) => title);
  return { ...meta.data, slug: name[2] ?? '', number: Number(name[1]), steps };
}
