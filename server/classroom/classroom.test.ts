// The rules of a class over a real log in a file: who may push, what is kept, and what is not told.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Scene } from '../../src/contract/scene.ts';
import { Classroom } from './classroom.ts';
import type { ClassLog } from './log/log.ts';
import { openSqliteLog } from './log/sqlite.ts';
import { fold } from './room.ts';

const SCENE: Scene = { kind: 'step', lesson: 'some-lesson', step: 2 };
const HERE = '127.0.0.1';

let folder = '';
let log: ClassLog;
let now = 0;
let classroom: Classroom;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirelight-class-'));
  log = openSqliteLog(join(folder, 'classes.sqlite'));
  now = 1_000;
  classroom = new Classroom(log, () => now);
});

afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

function create(): { code: string; key: string } {
  const reply = classroom.create();
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

it('lets the holder of the key push, and nobody else', () => {
  const { code, key } = create();
  const other = create();
  const joined = classroom.join(code, 'Ada', HERE);
  const secret = joined.ok ? joined.value.secret : '';
  for (const wrong of ['0'.repeat(64), other.key, secret]) {
    expect(classroom.push(code, wrong, SCENE, HERE)).toMatchObject({
      code: 'class/not-instructor',
    });
  }
  expect(classroom.push(code, key, SCENE, HERE)).toMatchObject({ ok: true });
});

it('gives exactly what follows the last entry somebody has', () => {
  const { code, key } = create();
  classroom.join(code, 'Ada', HERE);
  for (const step of [2, 3, 4]) classroom.push(code, key, { ...SCENE, step }, HERE);
  const follow = (after: number) => {
    const reply = classroom.follow(code, after, {}, HERE);
    return reply.ok ? reply.value.entries : [];
  };
  expect(follow(3).map(({ seq }) => seq)).toEqual([4, 5]);
  const room = fold(follow(0));
  expect(fold(follow(2), fold(follow(0).slice(0, 2)))).toEqual(room);
  expect(room.scene).toEqual({ ...SCENE, step: 4 });
  expect(() => fold(follow(3))).toThrow('expected entry 1');
});

it('keeps a class over a restart, and keys only as hashes', () => {
  const { code, key } = create();
  classroom.push(code, key, SCENE, HERE);
  log.close();
  expect(readFileSync(join(folder, 'classes.sqlite'), 'latin1')).not.toContain(key);
  log = openSqliteLog(join(folder, 'classes.sqlite'));
  classroom = new Classroom(log, () => now);
  const reply = classroom.follow(code, 0, { key }, HERE);
  expect(reply).toMatchObject({ ok: true, value: { isInstructor: true } });
  expect(reply.ok && fold(reply.value.entries).scene).toEqual(SCENE);
  expect(classroom.push(code, key, SCENE, HERE)).toMatchObject({ ok: true, value: { seq: 3 } });
});

it('bounds wrong guesses from one address, for a minute', () => {
  const { code } = create();
  for (let i = 0; i < 30; i++) classroom.join('3333', 'Eve', HERE);
  expect(classroom.join(code, 'Eve', HERE)).toMatchObject({ code: 'class/slow-down' });
  expect(classroom.join(code, 'Ada', '192.0.2.7')).toMatchObject({ ok: true });
  now += 60_001;
  expect(classroom.join(code, 'Eve', HERE)).toMatchObject({ ok: true });
});

it('does not take one learner for another', () => {
  const { code } = create();
  const [ada, ben] = ['Ada', 'Ben'].map((name) => classroom.join(code, name, HERE));
  if (!ada?.ok || !ben?.ok) throw new Error('both should have joined');
  const { learner } = ada.value;
  expect(classroom.follow(code, 0, { learner, secret: ada.value.secret }, HERE)).toMatchObject({
    value: { learner },
  });
  expect(classroom.follow(code, 0, { learner, secret: ben.value.secret }, HERE)).toMatchObject({
    code: 'class/not-known',
  });
});
