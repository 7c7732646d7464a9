// The store against a server that answers late, not at all, or not everything: a connection is its
// argument, so no network is needed to say what happens when.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../contract/call.ts';
import { CLASS_REFUSALS, type ClassEntry, type ClassRefusal } from '../contract/class.ts';
import type { Scene } from '../contract/scene.ts';
import type { ClassConnection } from './class-connection.ts';
import { rememberClass, rememberedClasses } from './class-memory.ts';
import { pushScene } from './class-push.ts';
import { type ClassIdentity, ClassStore } from './class-store.ts';

const CODE = '4KD7';
const KEY = 'a'.repeat(64);
const SCENE: Scene = { kind: 'step', lesson: 'a-lesson', step: 2 };
const ADA = { learner: 'ada', secret: 'b'.repeat(64), name: 'Ada' };

const UNREACHABLE: Reply<never> = { ok: false, code: 'unreachable', message: 'No answer.' };
const yes = (head: number): Reply<{ head: number }> => ({ ok: true, value: { head } });
const no = (code: ClassRefusal): Reply<never> => ({
  ok: false,
  code,
  message: CLASS_REFUSALS[code],
});

const pushed = (seq: number, step = seq): ClassEntry => ({
  seq,
  at: 0,
  kind: 'pushed',
  scene: { ...SCENE, step },
});
const log = (from: number, to: number): ClassEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => pushed(from + i));

/** The far end: what was asked, and the means to answer and to tell. */
class Wire implements ClassConnection {
  connected = true;
  readonly asked: { event: string; request: Record<string, unknown> }[] = [];
  readonly #waiting: ((reply: Reply<never>) => void)[] = [];
  readonly #listeners = new Map<string, Set<(...args: never[]) => void>>();

  on(event: string, listener: (...args: never[]) => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: (...args: never[]) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  ask<T>(event: string, request: unknown): Promise<Reply<T>> {
    this.asked.push({ event, request: request as Record<string, unknown> });
    return new Promise((resolve) => this.#waiting.push(resolve as (reply: Reply<never>) => void));
  }

  /** Answers the oldest question that waits. */
  async answer(reply: Reply<unknown>): Promise<void> {
    this.#waiting.shift()?.(reply as Reply<never>);
    await vi.advanceTimersByTimeAsync(0);
  }

  tell(entries: readonly ClassEntry[], received?: () => void, code = CODE): void {
    this.emit('class:entries', { code, entries }, received);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]));
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

let wire: Wire;
let storage: Map<string, string>;

beforeEach(() => {
  vi.useFakeTimers();
  wire = new Wire();
  storage = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = (identity?: ClassIdentity) => new ClassStore(CODE, identity, wire);

describe('keeping up', () => {
  it('shows a place only once it is the right one', async () => {
    const store = open();
    const shown: (number | undefined)[] = [];
    store.subscribe(() => shown.push(store.state().pushed?.seq));
    wire.tell(log(1, 200));
    await wire.answer(yes(450));
    const received = vi.fn();
    wire.tell(log(201, 400), received);
    expect(received).toHaveBeenCalledOnce();
    expect(store.state()).toMatchObject({ status: 'connecting', pushed: undefined });
    wire.tell(log(401, 450));
    expect(store.state()).toMatchObject({ status: 'following', head: 450 });
    expect(shown).toEqual([450]);
  });

  it('asks once again on a gap, and passes over what it has', async () => {
    const store = open();
    wire.tell(log(1, 2));
    await wire.answer(yes(2));
    for (const seq of [5, 6]) wire.tell([pushed(seq)]);
    expect(wire.asked.map(({ request }) => request.after)).toEqual([0, 2]);
    expect(store.state().head).toBe(2);
    await wire.answer(yes(6));
    wire.tell(log(1, 6));
    expect(store.state()).toMatchObject({ head: 6, status: 'following' });
    expect(wire.asked).toHaveLength(2);
  });

  it('asks again when the parts stop coming', async () => {
    open();
    await wire.answer(yes(400));
    wire.tell(log(1, 200));
    await vi.advanceTimersByTimeAsync(14_000);
    expect(wire.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wire.asked.map(({ request }) => request.after)).toEqual([0, 200]);
  });

  it('begins anew when the server has a shorter record', async () => {
    const store = open();
    wire.tell(log(1, 5));
    await wire.answer(yes(5));
    wire.emit('disconnect');
    wire.emit('connect');
    await wire.answer(yes(2));
    expect(wire.asked.map(({ request }) => request.after)).toEqual([0, 5, 0]);
    wire.tell([pushed(1), pushed(2, 77)]);
    await wire.answer(yes(2));
    expect(store.state()).toMatchObject({ head: 2, pushed: { scene: { step: 77 } } });
  });

  it('hears of no other class, and of nothing once closed', async () => {
    const store = open();
    await wire.answer(yes(0));
    const received = vi.fn();
    wire.tell(log(1, 1), received, '3333');
    expect(store.state().head).toBe(0);
    expect(received).not.toHaveBeenCalled();
    store.close();
    expect(wire.listeners).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('trying again', () => {
  it('goes on by itself when an answer is lost, later each time, and says when', async () => {
    const store = open();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      await wire.answer(UNREACHABLE);
      const { status, retryAt = 0 } = store.state();
      expect(status).toBe('away');
      waits.push(retryAt - Date.now());
      await vi.advanceTimersByTimeAsync(retryAt - Date.now());
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(wire.asked).toHaveLength(8);
    await wire.answer(yes(0));
    expect(store.state()).toMatchObject({ status: 'following' });
    expect(store.state()).not.toHaveProperty('retryAt');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits and says why when it is told to slow down', async () => {
    const store = open();
    await wire.answer(no('class/slow-down'));
    expect(store.state()).toMatchObject({
      status: 'away',
      refusal: CLASS_REFUSALS['class/slow-down'],
      retryAt: Date.now() + 1_000,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await wire.answer(yes(0));
    expect(store.state()).not.toHaveProperty('refusal');
  });

  it('takes no answer to a question from before the connection was lost', async () => {
    const store = open();
    wire.emit('disconnect');
    wire.emit('connect');
    await wire.answer(UNREACHABLE);
    expect(vi.getTimerCount()).toBe(0);
    await wire.answer(yes(0));
    expect(store.state().status).toBe('following');
  });
});

describe('what is remembered', () => {
  const others = { '3333': { key: 'c'.repeat(64) } };

  it('is a key that the server accepted, and no other', async () => {
    rememberClass(CODE, { key: KEY });
    open({ key: 'd'.repeat(64) });
    await wire.answer(no('class/not-instructor'));
    expect(rememberedClasses()[CODE]).toEqual({ key: KEY });
    open({ key: 'e'.repeat(64) });
    expect(rememberedClasses()[CODE]).toEqual({ key: KEY });
    await wire.answer(yes(1));
    expect(rememberedClasses()[CODE]).toEqual({ key: 'e'.repeat(64) });
  });

  it('is forgotten when the server does not know it, so that joining works', async () => {
    rememberClass('3333', others['3333']);
    rememberClass(CODE, { key: KEY, joined: ADA });
    const store = open(ADA);
    expect(wire.asked[0]?.request.as).toEqual({ learner: ADA.learner, secret: ADA.secret });
    await wire.answer(no('class/not-known'));
    expect(store.state()).toMatchObject({ status: 'refused' });
    expect(rememberedClasses()).toEqual({ ...others, [CODE]: { key: KEY } });
    open({ key: KEY });
    await wire.answer(no('class/not-instructor'));
    expect(rememberedClasses()).toEqual(others);
  });

  it('stays when the class is not found, which may be another record for a while', async () => {
    rememberClass(CODE, { key: KEY });
    open({ key: KEY });
    await wire.answer(no('class/no-such-class'));
    expect(rememberedClasses()[CODE]).toEqual({ key: KEY });
  });

  it('holds in the page where storage is refused, and the reader is told once', async () => {
    const refuse = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    rememberClass(CODE, { joined: ADA });
    expect(rememberedClasses()[CODE]).toEqual({ joined: ADA });
    const store = open(ADA);
    await wire.answer(yes(0));
    expect(store.state().notice).toContain('reload');
    store.close();
    const next = open(ADA);
    await wire.answer(yes(0));
    expect(next.state()).toMatchObject({ status: 'following' });
    expect(next.state()).not.toHaveProperty('notice');
  });

  it('passes over what is not ours in the storage', () => {
    rememberClass(CODE, { key: KEY });
    for (const text of ['{', '[]', 'null', '7']) {
      storage.set('wirelight.classes.1', text);
      expect(rememberedClasses()).toEqual({});
    }
    const mixed = {
      [CODE]: { key: KEY },
      '3333': null,
      '4444': { joined: {} },
      '6666': { key: 7 },
    };
    storage.set('wirelight.classes.1', JSON.stringify(mixed));
    expect(rememberedClasses()).toEqual({ [CODE]: { key: KEY } });
  });
});

describe('a push', () => {
  const ids = () => wire.asked.map(({ request }) => request.id);

  it('keeps its id until it is answered', async () => {
    const first = pushScene(CODE, KEY, SCENE, wire);
    await wire.answer(UNREACHABLE);
    await wire.answer(UNREACHABLE);
    expect(await first).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('not known'),
    });
    const again = pushScene(CODE, KEY, SCENE, wire);
    await wire.answer({ ok: true, value: { seq: 2 } });
    expect(await again).toEqual({ ok: true, value: { seq: 2 } });
    const next = pushScene(CODE, KEY, SCENE, wire);
    await wire.answer(no('class/full'));
    expect(await next).toMatchObject({ code: 'class/full' });
    expect(new Set(ids().slice(0, 3)).size).toBe(1);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
