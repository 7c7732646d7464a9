// Classes as pages meet them: real Socket.IO clients against the real server, in this process.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLASS_VERSION, type ClassEntry, type EntriesPart } from '../../src/contract/class.ts';
import { EMPTY_ROOM, fold } from '../../src/contract/room.ts';
import type { Scene } from '../../src/contract/scene.ts';
import { acknowledgeParts, type ClassConnection } from '../../src/live/class-connection.ts';
import { ClassStore } from '../../src/live/class-store.ts';
import { PART } from './feed.ts';
import { create, get, joinAs, push, step } from './testing/calls.ts';
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

/** All that is sent to one socket, acknowledged; resolves on what is looked for. */
function listen(socket: Socket) {
  const parts: EntriesPart[] = [];
  socket.on('class:entries', (part: EntriesPart, received?: () => void) => {
    parts.push(part);
    received?.();
  });
  const entries = (): ClassEntry[] => parts.flatMap((part) => part.entries);
  const reached = (seq: number) => vi.waitFor(() => expect(entries().at(-1)?.seq).toBe(seq));
  return { parts, entries, reached };
}

const connectionOf = (socket: Socket): ClassConnection => ({
  get connected() {
    return socket.connected;
  },
  on: (event, listener) => void socket.on(event as string, listener),
  off: (event, listener) => void socket.off(event as string, listener),
  ask: (event, request) =>
    ask<never>(socket, event, request).catch(() => ({
      ok: false as const,
      code: 'unreachable',
      message: '',
    })),
});

describe('following', () => {
  it('puts who comes late, or comes back, at the right place', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    for (const n of [2, 3]) await push(teacher, code, key, n);
    const late = await server.client();
    const as = await joinAs(late, code, 'Ada');
    const store = new ClassStore(code, as, connectionOf(late));
    await vi.waitFor(() => expect(store.state()).toMatchObject({ status: 'following', head: 4 }));
    expect(store.state().pushed).toEqual({ seq: 3, scene: step(3) });

    late.disconnect();
    expect(store.state().status).toBe('away');
    for (const n of [4, 5]) await push(teacher, code, key, n);
    late.connect();
    await vi.waitFor(() => expect(store.state()).toMatchObject({ status: 'following', head: 6 }));
    expect(store.state().pushed?.scene).toEqual(step(5));
    store.close();
  });

  it('has the class at once again for who left while a part of it was under way', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    await push(teacher, code, key, 2);
    const page = await server.client();
    acknowledgeParts(page);
    const first = new ClassStore(code, { key }, connectionOf(page));
    first.close();
    await new Promise((resolve) => page.once('class:entries', resolve));
    const second = new ClassStore(code, { key }, connectionOf(page));
    await vi.waitFor(() => expect(second.state().status).toBe('following'), { timeout: 3_000 });
    expect(second.state().pushed?.scene).toEqual(step(2));
    second.close();
  });

  it('misses nothing when the server restarts on the same file in the middle', async () => {
    const [teacher, learner] = [await server.client(), await server.client()];
    const { code, key } = await create(teacher);
    const as = await joinAs(learner, code, 'Ada');
    const console_ = new ClassStore(code, { key }, connectionOf(teacher));
    const page = new ClassStore(code, as, connectionOf(learner));
    const seen: number[] = [];
    page.subscribe(() => {
      const { pushed } = page.state();
      if (pushed && pushed.seq !== seen.at(-1)) seen.push(pushed.seq);
    });
    for (const n of [2, 3]) await push(teacher, code, key, n);
    await vi.waitFor(() => expect(page.state().head).toBe(4));

    await server.stop();
    await vi.waitFor(() => expect(page.state().status).toBe('away'));
    await server.start();
    await push(await server.client(), code, key, 4);
    for (const store of [console_, page]) {
      await vi.waitFor(() => expect(store.state()).toMatchObject({ status: 'following', head: 5 }));
      expect(store.state().pushed?.scene).toEqual(step(4));
    }
    await push(teacher, code, key, 5);
    await vi.waitFor(() => expect(page.state().pushed?.scene).toEqual(step(5)));
    expect(seen).toEqual([3, 4, 5, 6]);
    await vi.waitFor(() => expect(console_.state().present).toEqual([as.learner]));
    console_.close();
    page.close();
  });

  it('sends a long log in parts, in order, each after the one before was received', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    const total = PART.entries * 2 + 10;
    await Promise.all(Array.from({ length: 40 }, (_, i) => push(teacher, code, key, i + 1)));
    for (let n = 41; n < total; n++) await push(teacher, code, key, (n % 99) + 1);

    const follower = await server.client();
    const acks: (() => void)[] = [];
    const parts: EntriesPart[] = [];
    follower.on('class:entries', (part, received) => {
      parts.push(part);
      acks.push(received);
    });
    await get(follower, 'class:follow', { code, after: 0 });
    await get(follower, 'class:follow', { code, after: 0 });
    expect(parts).toHaveLength(1);
    acks.shift()?.();
    // Asked twice from the start: it is sent again, and only once.
    for (let part = 2; part <= 4; part++) {
      await vi.waitFor(() => expect(parts).toHaveLength(part));
      if (part === 3) await push(teacher, code, key, 9);
      acks.shift()?.();
    }
    const again = parts.slice(1).flatMap(({ entries }) => entries);
    expect(again.map(({ seq }) => seq)).toEqual(Array.from({ length: total + 1 }, (_, i) => i + 1));
    expect(Math.max(...parts.map(({ entries }) => entries.length))).toBe(PART.entries);
    const { seq } = await push(teacher, code, key, 10);
    await vi.waitFor(() => expect(parts.at(-1)?.entries.at(-1)?.seq).toBe(seq));
  });

  it('bounds the bytes of a part', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    const params = Object.fromEntries(
      Array.from({ length: 32 }, (_, i) => [`param-${i}`, '\u0000'.repeat(200)]),
    );
    const scene: Scene = { kind: 'demo', demo: 'a-demo', params, playhead: 0 };
    for (let i = 0; i < 4; i++) await get(teacher, 'class:push', { code, key, scene });
    const follower = await server.client();
    const { parts, reached } = listen(follower);
    await get(follower, 'class:follow', { code, after: 0 });
    await reached(5);
    expect(parts.length).toBeGreaterThan(1);
    for (const { entries } of parts) {
      expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThan(PART.bytes + 1_000);
    }
  });
});

describe('what somebody without the key is told', () => {
  it('has no name and no id of anybody else, neither from the log nor live', async () => {
    const [teacher, stranger] = [await server.client(), await server.client()];
    const { code, key } = await create(teacher);
    await joinAs(await server.client(), code, 'Ada Lovelace');
    const told = listen(stranger);
    await get(stranger, 'class:follow', { code, after: 0 });
    const everything = vi.fn();
    stranger.onAny(everything);
    const ben = await server.client();
    const as = await joinAs(ben, code, 'Ben Nevis');
    await get(ben, 'class:follow', { code, after: 0, as });
    await push(teacher, code, key, 2);
    await told.reached(4);
    expect(told.entries().map(({ kind }) => kind)).toEqual([
      'created',
      'hidden',
      'hidden',
      'pushed',
    ]);
    const all = JSON.stringify([told.parts, everything.mock.calls]);
    for (const secret of ['Lovelace', 'Nevis', as.learner, as.secret, key]) {
      expect(all).not.toContain(secret);
    }
  });

  it('is all that the holder of the key reads no longer, after asking without it', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    const told = listen(teacher);
    await get(teacher, 'class:follow', { code, after: 0, as: { key } });
    await get(teacher, 'class:follow', { code, after: 0 });
    await joinAs(await server.client(), code, 'Ada');
    await told.reached(2);
    expect(JSON.stringify(told.parts)).not.toContain('Ada');
  });
});

describe('pushing', () => {
  it('is for the holder of the key of that very class', async () => {
    const socket = await server.client();
    const { code } = await create(socket);
    const other = await create(socket);
    const { secret } = await joinAs(socket, code, 'Ada');
    for (const key of [secret, other.key, 'f'.repeat(64)]) {
      const attempt = { version, code, key, scene: step(2) };
      expect(await ask(socket, 'class:push', attempt)).toMatchObject({
        code: 'class/not-instructor',
      });
    }
    const told = listen(socket);
    await get(socket, 'class:follow', { code, after: 0 });
    await told.reached(2);
    expect(fold(told.entries(), EMPTY_ROOM).pushed).toBeUndefined();
  });

  it('twice with the same id is one push, with one number', async () => {
    const teacher = await server.client();
    const { code, key } = await create(teacher);
    const told = listen(teacher);
    await get(teacher, 'class:follow', { code, after: 0, as: { key } });
    const id = 'ab'.repeat(16);
    expect(await push(teacher, code, key, 2, id)).toEqual({ seq: 2 });
    expect(await push(teacher, code, key, 2, id)).toEqual({ seq: 2 });
    expect(await push(teacher, code, key, 3)).toEqual({ seq: 3 });
    await told.reached(3);
    expect(told.entries()).toHaveLength(3);
  });
});
