// `POST /api/classes` over real HTTP: what it gives, and how it refuses.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CLASS_VERSION } from '../../src/contract/class.ts';
import { ask, ClassServer } from './testing/class-server.ts';

let folder = '';
let server: ClassServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirelight-class-'));
  server = new ClassServer(join(folder, 'classes.sqlite'), { classesAnHour: 3 });
  await server.start();
});

afterEach(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
  expect(server.bugs).toEqual([]);
});

const call = (init: RequestInit = { method: 'POST' }) =>
  fetch(`${server.origin}/api/classes`, init);
const post = (body: BodyInit) => call({ method: 'POST', body });

it('starts a class whose key pushes', async () => {
  const answer = await call();
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { code, key } = (await answer.json()) as { code: string; key: string };
  expect(answer.headers.get('location')).toBe(`/class/${code}`);
  const scene = { kind: 'step', lesson: 'a-lesson', step: 2 };
  const push = { version: CLASS_VERSION, code, key, scene };
  expect(await ask(await server.client(), 'class:push', push)).toMatchObject({ ok: true });
  expect((await post('{}')).status).toBe(201);
});

it('shares its limit with the pages', async () => {
  const page = await server.client();
  for (let i = 0; i < 2; i++) await ask(page, 'class:create', { version: CLASS_VERSION });
  expect((await call()).status).toBe(201);
  const answer = await call();
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('3600');
  expect(await answer.json()).toMatchObject({ code: 'class/too-many-classes' });
});

it('says what it takes', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await call({ method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' });
  }
  for (const body of ['{', '[]', '7', 'null', '{"key":"mine"}', '\u0000']) {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad-request' });
  }
});

it('reads no large body, whether or not its length is told', async () => {
  const known = await post('x'.repeat(2_000_000));
  expect(known.status).toBe(413);
  expect(await known.json()).toMatchObject({ code: 'too-large' });
  const stream = new Blob(['x'.repeat(5_000)]).stream();
  const unknown = await call({ method: 'POST', body: stream, duplex: 'half' } as RequestInit);
  expect(unknown.status).toBe(413);
  expect((await call()).status).toBe(201);
});
