// What hostile or clumsy pages cost, and that nobody else pays for it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLASS_VERSION } from '../../src/contract/class.ts';
import { PATIENCE } from './patience.ts';
import { create, get, joinAs, push } from './testing/calls.ts';
import { ask, ClassServer } from './testing/class-server.ts';

const version = CLASS_VERSION;

let folder = '';
let server: ClassServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirelight-class-'));
  server = new ClassServer(join(folder, 'classes.sqlite'));
  await server.start();
});

afterEach(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
  expect(server.bugs).toEqual([]);
});

describe('wrong guesses', () => {
  it('are slowed down, and hinder nobody who is right', async () => {
    const [teacher, guesser] = [await server.client(), await server.client()];
    const { code, key } = await create(teacher);
    const guess = () => ask(guesser, 'class:join', { version, code: '3333', name: 'Eve' });
    for (let i = 0; i < PATIENCE.socket; i++) {
      expect(await guess()).toMatchObject({ code: 'class/no-such-class' });
    }
    expect(server.pauses).toBe(0);
    expect(await guess()).toMatchObject({ code: 'class/slow-down' });
    expect(server.pauses).toBe(1);

    expect(await push(teacher, code, key, 2)).toEqual({ seq: 2 });
    await get(teacher, 'class:follow', { code, after: 0, as: { key } });
    await joinAs(await server.client(), code, 'Ada');
    await joinAs(guesser, code, 'Ben');

    server.now += PATIENCE.windowMs;
    expect(await guess()).toMatchObject({ code: 'class/no-such-class' });
  });

  it('are counted for the address too, with room for a whole classroom', async () => {
    const { code } = await create(await server.client());
    for (let i = 0; i < PATIENCE.address / PATIENCE.socket; i++) {
      const guesser = await server.client();
      const attempts = Array.from({ length: PATIENCE.socket }, () =>
        ask(guesser, 'class:join', { version, code: '3333', name: 'Eve' }),
      );
      expect(await Promise.all(attempts)).not.toContainEqual(
        expect.objectContaining({ code: 'class/slow-down' }),
      );
    }
    const fresh = await server.client();
    const wrong = { version, code: '3333', name: 'Eve' };
    expect(await ask(fresh, 'class:join', wrong)).toMatchObject({ code: 'class/slow-down' });
    await joinAs(fresh, code, 'Ada');
  });
});

describe('limits', () => {
  it('bound what one page joins and follows', async () => {
    const socket = await server.client();
    const { code } = await create(socket);
    const joining = () => ask(socket, 'class:join', { version, code, name: 'Ada' });
    for (let i = 0; i < 8; i++) expect(await joining()).toMatchObject({ ok: true });
    expect(await joining()).toMatchObject({ code: 'class/too-many-joins' });

    for (let i = 0; i < 16; i++) {
      const { code: another } = await create(socket);
      await get(socket, 'class:follow', { code: another, after: 0 });
    }
    expect(await ask(socket, 'class:follow', { version, code, after: 0 })).toMatchObject({
      code: 'class/too-many-followed',
    });
  });

  it('bound how many requests of one socket wait for their turn', async () => {
    const socket = await server.client();
    const wrong = { version, code: '3333', name: 'Eve' };
    const flood = Array.from({ length: 500 }, () => ask(socket, 'class:join', wrong));
    const replies = await Promise.all(flood);
    const slowed = replies.filter((reply) => !reply.ok && reply.code === 'class/slow-down');
    expect(slowed.length).toBeGreaterThan(server.pauses);
    expect(await ask(socket, 'class:join', wrong)).toMatchObject({ ok: false });
  });
});
