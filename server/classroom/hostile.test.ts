// Whatever a page sends, the server refuses it with a code or passes it over, and goes on.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASS_CALLS, CLASS_VERSION } from '../../src/contract/class.ts';
import { ask, ClassServer } from './testing/class-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirelight-class-'));
const server = new ClassServer(join(folder, 'classes.sqlite'));
let socket: Socket;
let code = '';
let key = '';

beforeAll(async () => {
  await server.start();
  socket = await server.client();
  const reply = await ask<{ code: string; key: string }>(socket, 'class:create', {
    version: CLASS_VERSION,
  });
  if (reply.ok) ({ code, key } = reply.value);
});

afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

const demo = (params: unknown) => ({ kind: 'demo', demo: 'a-demo', params, playhead: 0 });
const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`p${i}`, 'x']));
const own = (json: string): unknown => JSON.parse(json);
const LONG = 'x'.repeat(50_000);

/** A right request of every call, to be spoiled in one place. */
const right = (event: string): Record<string, unknown> => {
  const version = CLASS_VERSION;
  const requests: Record<string, Record<string, unknown>> = {
    'class:create': { version },
    'class:join': { version, code, name: 'Ada' },
    'class:follow': { version, code, after: 0, as: { key } },
    'class:push': { version, code, key, scene: demo(many(32)) },
    'class:connections': { version, code },
  };
  return requests[event] ?? {};
};

const EVENTS = Object.keys(CLASS_CALLS);

describe.each(EVENTS)('%s', (event) => {
  it('is answered when it is right', async () => {
    expect(await ask(socket, event, right(event))).toMatchObject({ ok: true });
  });

  it('says that the page is of another version', async () => {
    for (const version of [1, '2', null, undefined, 3]) {
      const reply = await ask(socket, event, { ...right(event), version });
      expect(reply).toMatchObject({ ok: false, code: 'other-version' });
    }
  });

  it('refuses what has a wrong shape, in few words', async () => {
    const wrong = [
      null,
      7,
      'text',
      [],
      Buffer.from([1, 2, 3]),
      { ...right(event), more: 1 },
      { ...right(event), [LONG]: 1 },
      own(JSON.stringify(right(event)).replace('{', '{"constructor":{"prototype":{}},')),
    ];
    for (const request of wrong) {
      const reply = await ask(socket, event, request);
      expect(reply).toMatchObject({ ok: false });
      expect(JSON.stringify(reply).length).toBeLessThan(400);
    }
  });

  it('needs no acknowledgement, and takes one alone', async () => {
    socket.emit(event, right(event));
    socket.emit(event, null);
    socket.emit(event);
    expect(await socket.timeout(5_000).emitWithAck(event)).toMatchObject({ ok: false });
  });

  it('answers anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (request) => {
        expect(await ask(socket, event, request)).toMatchObject({ ok: false });
      }),
      { numRuns: 50 },
    );
  });
});

async function bad(event: string, fields: object): Promise<void> {
  const reply = await ask(socket, event, { ...right(event), ...fields });
  expect(reply, JSON.stringify(fields).slice(0, 80)).toMatchObject({ code: 'bad-request' });
  expect(JSON.stringify(reply).length).toBeLessThan(400);
}

it('refuses names that are empty, huge, invisible, or turn the text around', async () => {
  for (const name of [
    '',
    '   ',
    LONG,
    'a\u0000b',
    'a\nb',
    '\u202eabc',
    '\u200c\u200d',
    '\ud800',
    7,
  ]) {
    await bad('class:join', { name });
  }
  for (const name of ['Ada', 'ශ්‍රී', 'علی‌رضا', '👩‍🎓', '李', 'Zoë O’Brien', '__proto__']) {
    expect(await ask(socket, 'class:join', { ...right('class:join'), name })).toMatchObject({
      ok: true,
    });
    socket.disconnect().connect();
    await new Promise<void>((resolve) => socket.once('connect', resolve));
  }
});

it('refuses codes, keys, places and identities of wrong form', async () => {
  for (const wrong of ['', 'AAAA', '3333 ', LONG, ['3333'], { length: 4 }]) {
    for (const event of ['class:join', 'class:follow', 'class:push', 'class:connections']) {
      await bad(event, { code: wrong });
    }
  }
  for (const wrong of ['', 'z'.repeat(64), `${'0'.repeat(64)}\n`, LONG, null]) {
    await bad('class:push', { key: wrong });
    await bad('class:follow', { as: { key: wrong } });
  }
  for (const after of [-1, 0.5, '0', 1e300, null]) await bad('class:follow', { after });
  for (const as of [
    {},
    { learner: 'x' },
    { key, learner: 'x' },
    own('{"__proto__":{"key":"x"}}'),
  ]) {
    await bad('class:follow', { as });
  }
  for (const id of ['', 'short', '../../../../etc/passwd', LONG, 7])
    await bad('class:push', { id });
});

it('refuses scenes that would bloat the record or poison an object', async () => {
  const scenes = [
    null,
    { kind: 'step', lesson: '../x', step: 1 },
    { kind: 'step', lesson: 'x', step: 0 },
    { kind: '__proto__' },
    demo(many(33)),
    demo({ p: 'x'.repeat(4_001) }),
    demo({ [`p${LONG}`]: 'x' }),
    demo({ p: { toString: 'x' } }),
    { ...demo({}), playhead: -1 },
    { ...demo({}), selection: { frame: 1e300 } },
  ];
  for (const scene of scenes) await bad('class:push', { scene });
});

it('keeps no key that would set a prototype', async () => {
  const scene = demo(own('{"__proto__":"x","constructor":"y","p":"z"}'));
  const watcher = await server.client();
  const told = new Promise<{ entries: { scene: unknown }[] }>((resolve) => {
    watcher.on('class:entries', resolve);
  });
  const reply = await ask<{ seq: number }>(socket, 'class:push', { ...right('class:push'), scene });
  const after = reply.ok ? reply.value.seq - 1 : 0;
  await ask(watcher, 'class:follow', { ...right('class:follow'), after });
  expect(JSON.stringify((await told).entries.map((entry) => entry.scene))).toBe(
    JSON.stringify([demo({ constructor: 'y', p: 'z' })]),
  );
});

it('ends the connection that sends a megabyte, and no other', async () => {
  const victim = await server.client();
  const other = await server.client();
  const ended = new Promise<string>((resolve) => victim.once('disconnect', resolve));
  const scene = demo({ p: 'x'.repeat(1_000_000) });
  victim.io.reconnection(false);
  victim.emit('class:push', { ...right('class:push'), scene });
  expect(await ended).toBe('transport close');
  expect(await ask(other, 'class:follow', right('class:follow'))).toMatchObject({ ok: true });
});

it('never took any of this for a bug of its own', () => {
  expect(server.bugs).toEqual([]);
});
