// Every stable code has its sentence in docs/problems.md, and every sentence there has its code.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDERS = [
  'src/wire',
  'src/capture',
  'src/contract',
  'src/faults',
  'src/sim',
  'src/live',
  'server',
];

/** An area and a name, alone in a literal; and those without an area, where a refusal begins. */
const IN_AREA = /(?<!from )'([a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*)'/g;
const WITHOUT_AREA = /(?:\brefused\(\s*|\bcode: )'([a-z]+(?:-[a-z]+)*)'/g;

/** Literals that look like a code and are none. */
const MEDIA = /^(?:application|text|image|font)\//;
const PATHS = ['dist/web', 'content/captures', 'bit/s'];

function codes(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)testing\//.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const found = files.flatMap((source) =>
    [IN_AREA, WITHOUT_AREA].flatMap((pattern) =>
      [...source.matchAll(pattern)].map(([, code = '']) => code),
    ),
  );
  return [...new Set(found)].filter((code) => !MEDIA.test(code) && !PATHS.includes(code)).sort();
}

const explained = [
  ...readFileSync('docs/problems.md', 'utf8').matchAll(/^- `([a-z0-9/-]+)`: \S.+\.$/gm),
].map(([, code = '']) => code);

it('has one sentence for each code, and no other', () => {
  expect(explained.toSorted()).toEqual(codes());
});

it('finds codes of every kind', () => {
  const some = ['labs/gone', 'front/bad-request', 'websocket/truncated', 'class/no-such-class'];
  expect(codes()).toEqual(
    expect.arrayContaining([...some, 'unreachable', 'not-found', 'internal']),
  );
});

it('has each under the heading of its area, in order', () => {
  const sections = readFileSync('docs/problems.md', 'utf8').split(/^### /m).slice(1);
  for (const section of sections) {
    const [area = ''] = section.split('\n');
    const own = [...section.matchAll(/^- `([a-z0-9/-]+)`/gm)].map(([, code = '']) => code);
    expect(own).toEqual(own.toSorted());
    for (const code of own) {
      expect(code.includes('/') ? code.split('/')[0] : 'everywhere').toBe(area);
    }
  }
});
