// The rules of a class over a real log in a file: who may push, who reads what, what is kept, and where
// it ends.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fold } from '../../src/contract/room.ts';
import type { Scene } from '../../src/contract/scene.ts';
import { CLASS_LIMITS, type ClassLimits, Classroom, type Identity } from './classroom.ts';
import type { ClassLog } from './log/log.ts';
import { openSqliteLog } from './log/sqlite.ts';

const SCENE: Scene = { kind: 'step', lesson: 'some-lesson', step: 2 };
const HERE = '127.0.0.1';
const ID = '0123456789abcdef';

let folder = '';
let log: ClassLog;
let now = 0;
let classroom: Classroom;

const open = (limits: Partial<ClassLimits> = {}): void => {
  log = openSqliteLog(join(folder, 'classes.sqlite'));
  classroom = new Classroom(log, () => now, { ...CLASS_LIMITS, ...limits });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirelight-class-'));
  now = 1_000;
  open();
});

afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
});

function create(): { code: string; key: string } {
  const reply = classroom.create(HERE);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

function seat(code: string, name: string) {
  const reply = classroom.join(code, name);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

function read(code: string, after: number, as: Identity) {
  const reply = classroom.follow(code, as);
  if (!reply.ok) throw new Error(reply.message);
  return classroom.entries(code, after, 1_000, reply.value.reader);
}

it('lets the holder of the key push, and nobody else', () => {
  const { code, key } = create();
  const other = create();
  const { secret } = seat(code, 'Ada');
  for (const wrong of ['0'.repeat(64), other.key, secret]) {
    expect(classroom.push(code, wrong, SCENE)).toMatchObject({ code: 'class/not-instructor' });
  }
  expect(classroom.push(code, key, SCENE)).toMatchObject({ ok: true });
});

it('gives exactly what follows the last entry somebody has', () => {
  const { code, key } = create();
  seat(code, 'Ada');
  for (const step of [2, 3, 4]) classroom.push(code, key, { ...SCENE, step });
  const after = (seq: number) => read(code, seq, { key });
  expect(after(3).map(({ seq }) => seq)).toEqual([4, 5]);
  const room = fold(after(0));
  expect(fold(after(2), fold(after(0).slice(0, 2)))).toEqual(room);
  expect(room.pushed).toEqual({ seq: 5, scene: { ...SCENE, step: 4 } });
});

it('keeps a class over a restart, and keys only as hashes', () => {
  const { code, key } = create();
  const { secret } = seat(code, 'Ada');
  classroom.push(code, key, SCENE, ID);
  log.close();
  const file = readFileSync(join(folder, 'classes.sqlite'), 'latin1');
  expect(file).not.toContain(key);
  expect(file).not.toContain(secret);
  open();
  expect(classroom.follow(code, { key })).toMatchObject({
    value: { head: 3, reader: { isInstructor: true } },
  });
  expect(fold(read(code, 0, { key })).pushed?.scene).toEqual(SCENE);
  expect(classroom.push(code, key, SCENE)).toMatchObject({ value: { seq: 4 } });
});

it('takes the same push once, also when it comes again after a restart', () => {
  const { code, key } = create();
  expect(classroom.push(code, key, SCENE, ID)).toMatchObject({ value: { seq: 2, entry: {} } });
  log.close();
  open();
  expect(classroom.push(code, key, SCENE, ID)).toEqual({ ok: true, value: { seq: 2 } });
  expect(read(code, 0, { key })).toHaveLength(2);
  const other = create();
  expect(classroom.push(other.code, other.key, SCENE, ID)).toMatchObject({ value: { entry: {} } });
  expect(classroom.push(code, other.key, SCENE, ID)).toMatchObject({ ok: false });
});

it('tells names to the holder of the key, to a learner her own, to others none', () => {
  const { code, key } = create();
  const ada = seat(code, 'Ada Lovelace');
  seat(code, 'Ben Nevis');
  classroom.push(code, key, SCENE);
  const names = (as: Identity) => fold(read(code, 0, as)).learners.map(({ name }) => name);
  expect(names({ key })).toEqual(['Ada Lovelace', 'Ben Nevis']);
  expect(names(ada)).toEqual(['Ada Lovelace']);
  expect(names({})).toEqual([]);
  for (const as of [ada, {}]) {
    expect(read(code, 0, as).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(JSON.stringify(read(code, 0, as))).not.toContain('Nevis');
  }
});

it('does not take one learner for another', () => {
  const { code } = create();
  const [ada, ben] = [seat(code, 'Ada'), seat(code, 'Ben')];
  const { learner } = ada;
  expect(classroom.follow(code, ada)).toMatchObject({ value: { reader: { learner } } });
  for (const secret of [ben.secret, undefined]) {
    expect(classroom.follow(code, { learner, secret })).toMatchObject({ code: 'class/not-known' });
  }
  for (const key of [ada.secret, create().key]) {
    expect(classroom.follow(code, { key })).toMatchObject({ code: 'class/not-instructor' });
  }
});

it('ends: at so many learners, so many entries, and so many classes in an hour', () => {
  log.close();
  open({ learners: 2, entries: 4, classesAnHour: 1 });
  const { code, key } = create();
  expect(classroom.create(HERE)).toMatchObject({ code: 'class/too-many-classes' });
  expect(classroom.create('192.0.2.7')).toMatchObject({ ok: true });
  now += 3_600_001;
  expect(classroom.create(HERE)).toMatchObject({ ok: true });

  for (const name of ['Ada', 'Ben']) seat(code, name);
  expect(classroom.join(code, 'Cleo')).toMatchObject({ code: 'class/no-seat' });
  expect(classroom.push(code, key, SCENE, ID)).toMatchObject({ value: { seq: 4 } });
  expect(classroom.push(code, key, SCENE)).toMatchObject({ code: 'class/full' });
  expect(classroom.push(code, key, SCENE, ID)).toMatchObject({ value: { seq: 4 } });
});
