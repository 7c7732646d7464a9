// What every lesson owes its readers, including the ones not written yet.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COURSE } from '../src/lessons/course.ts';
import { GRADERS } from '../src/lessons/graders.ts';
import { MISCONCEPTIONS } from '../src/lessons/misconceptions.ts';
import { isMoment } from '../src/lessons/moments.ts';
import { readLesson } from '../vite/lesson-file.ts';

const FOLDER = new URL('./lessons/', import.meta.url);
const lessons = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.mdx'))
  .map((file) => ({ file, source: readFileSync(new URL(file, FOLDER), 'utf8') }));

const all = (source: string, pattern: RegExp): string[] =>
  [...source.matchAll(pattern)].map(([, found = '']) => found);

describe.each(lessons)('$file', ({ file, source }) => {
  const lesson = readLesson(`content/lessons/${file}`, source);

  it('has 5 to 9 steps with titles of their own', () => {
    expect(lesson.steps.length).toBeGreaterThanOrEqual(5);
    expect(lesson.steps.length).toBeLessThanOrEqual(9);
    expect(new Set(lesson.steps).size).toBe(lesson.steps.length);
  });

  it('stands in the course at its number', () => {
    expect(COURSE[lesson.number - 1]?.slug).toBe(lesson.slug);
  });

  it('asks only what a grader answers, and waits only for moments that exist', () => {
    for (const name of all(source, /\bgrade="([^"]+)"/g)) expect(GRADERS).toHaveProperty(name);
    for (const name of all(source, /\b(?:from|until)="([^"]+)"/g))
      expect(isMoment(name), name).toBe(true);
  });

  it('tests each declared misconception before and after, and shows what refutes it', () => {
    for (const id of lesson.misconceptions) {
      expect(MISCONCEPTIONS).toHaveProperty(id);
      expect(all(source, /<(?:Quiz|Predict) [^>]*?\bbefore="([^"]+)"/g), 'before').toContain(id);
      expect(all(source, /<Predict [^>]*?\brefutes="([^"]+)"/g), 'refutes').toContain(id);
      expect(all(source, /<Quiz [^>]*?\bafter="([^"]+)"/g), 'after').toContain(id);
    }
  });

  it('goes round: warm-up, prediction, own words, a change, a new case', () => {
    expect(source.match(/<Quiz [^>]*kind="Warm-up"/g)).toHaveLength(3);
    expect(source).toMatch(/<Say /);
    expect(source).toMatch(/<Change /);
    expect(source).toMatch(/kind="Exit"/);
    expect(source).toMatch(/<LeftOut>/);
  });

  it('explains every option, and gives every question an id of its own', () => {
    const options = all(source, /<Option ([^>]*)>/g);
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) expect(option).toMatch(/because="[^"]{20,}"/);
    const ids = all(source, /<(?:Predict|Quiz|Say) id="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says in words what every picture shows', () => {
    for (const demo of all(source, /<Demo ([^>]*)\/>/g))
      expect(demo).toMatch(/picture="[^"]{30,}"/);
  });

  it('has one right answer in every quiz', () => {
    for (const quiz of all(source, /<Quiz [^>]*>([\s\S]*?)<\/Quiz>/g)) {
      expect(quiz.match(/ correct /g)).toHaveLength(1);
    }
  });

  it('imports nothing, so that any author can write one', () => {
    expect(source).not.toMatch(/^(import|export)\s/m);
  });
});

it('says where a mistake is', () => {
  const [lesson] = lessons;
  const broken = lesson?.source.replace(/^minutes: .*$/m, 'minutes: many') ?? '';
  expect(() => readLesson('content/lessons/10-x.mdx', broken)).toThrow(/10-x\.mdx:4: minutes: /);
});
