// Labs are opened within limits, given only to whoever holds the token, and taken down when idle.

import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { LABS_VERSION, type LabRequest } from '../../src/contract/labs.ts';
import type { Lab } from './lab.ts';
import { LAB_LIMITS, Labs } from './labs.ts';

const REQUEST: LabRequest = {
  version: LABS_VERSION,
  lanes: { main: { exercise: 'hello', transports: ['polling', 'websocket'] } },
};
const IDLE_MS = 1_000;

let labs = new Labs();
let now = 0;

function startLabs(limits: Partial<typeof LAB_LIMITS> = {}): void {
  labs.closeAll();
  now = 0;
  labs = new Labs({ ...LAB_LIMITS, idleMs: IDLE_MS, ...limits }, () => now);
}

afterEach(() => labs.closeAll());

function open(address = '192.0.2.1', request = REQUEST) {
  const opened = labs.open(request, address);
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

const found = (id: string): Lab => {
  const lab = labs.find(id);
  if (!lab) throw new Error(`no lab ${id}`);
  return lab;
};

const passed = (ms: number): void => {
  now += ms;
  labs.sweep();
};

describe('opening', () => {
  it('gives an id for request lines and a token for its owner', () => {
    startLabs();
    const { lab, token } = open();
    expect(lab).toMatch(/^[a-z0-9]{10}$/);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(labs.find(lab)?.id).toBe(lab);
    expect(labs.owned(lab, token)).toMatchObject({ ok: true, value: { id: lab } });
  });

  it('refuses an exercise that does not exist', () => {
    startLabs();
    const opened = labs.open(
      { ...REQUEST, lanes: { main: { exercise: 'none', transports: ['polling'] } } },
      '192.0.2.1',
    );
    expect(opened).toMatchObject({ ok: false, code: 'labs/no-such-exercise' });
    expect(labs.size).toBe(0);
  });

  it('refuses one lab too many of one address, and takes it from another', () => {
    startLabs({ labsPerAddress: 2 });
    const { lab } = open();
    open();
    expect(labs.open(REQUEST, '192.0.2.1')).toMatchObject({ ok: false, code: 'labs/too-many' });
    open('192.0.2.2');
    labs.close(lab);
    open();
    expect(labs.size).toBe(3);
  });

  it('refuses one lab too many of all', () => {
    startLabs({ labs: 2 });
    open('192.0.2.1');
    open('192.0.2.2');
    expect(labs.open(REQUEST, '192.0.2.3')).toMatchObject({ ok: false, code: 'labs/full' });
    expect(labs.size).toBe(2);
  });
});

describe('owning', () => {
  it('refuses another token, and that of another lab', () => {
    startLabs();
    const mine = open();
    const theirs = open();
    for (const token of [theirs.token, '0'.repeat(64), '', mine.token.slice(1)]) {
      expect(labs.owned(mine.lab, token)).toMatchObject({ ok: false, code: 'labs/not-yours' });
    }
  });

  it('says that a lab is gone', () => {
    startLabs();
    const { lab, token } = open();
    labs.close(lab);
    expect(labs.owned(lab, token)).toMatchObject({ ok: false, code: 'labs/gone' });
    expect(labs.find(lab)).toBeUndefined();
  });
});

describe('taking down', () => {
  it('takes down a lab that nobody has used for the time', () => {
    startLabs();
    const { lab, token } = open();
    passed(IDLE_MS - 1);
    expect(labs.find(lab)).toBeDefined();
    passed(1);
    expect(labs.find(lab)).toBeUndefined();
    expect(labs.owned(lab, token)).toMatchObject({ ok: false, code: 'labs/gone' });
  });

  it('keeps a lab that is watched, and counts from the end of that', () => {
    startLabs();
    const { lab } = open();
    const release = labs.hold(lab);
    const releaseToo = labs.hold(lab);
    passed(10 * IDLE_MS);
    release();
    release();
    passed(10 * IDLE_MS);
    expect(labs.find(lab)).toBeDefined();
    releaseToo();
    passed(1);
    passed(IDLE_MS - 1);
    expect(labs.find(lab)).toBeDefined();
    passed(1);
    expect(labs.find(lab)).toBeUndefined();
  });

  it('keeps a lab that has a connection, and ends connections with the lab', async () => {
    startLabs();
    const { lab } = open();
    const connection = new PassThrough();
    const closed = new Promise((resolve) => connection.once('close', resolve));
    found(lab).accept('main', connection);
    passed(10 * IDLE_MS);
    expect(found(lab).connections).toBe(1);
    labs.close(lab);
    await closed;
  });

  it('counts from the end of the last connection', async () => {
    startLabs();
    const { lab } = open();
    const connection = new PassThrough();
    const closed = new Promise((resolve) => connection.once('close', resolve));
    found(lab).accept('main', connection);
    passed(10 * IDLE_MS);
    connection.destroy();
    await closed;
    passed(IDLE_MS);
    expect(found(lab).connections).toBe(0);
    passed(IDLE_MS);
    expect(labs.find(lab)).toBeUndefined();
  });
});

it('shares what all rings may hold: with more labs each keeps less', () => {
  startLabs({ ringBytes: 10_000, allRingBytes: 12_000 });
  const first = found(open().lab);
  const bytesOf = (lab: Lab): number =>
    lab.tap.ring.all().reduce((sum, one) => sum + (one.kind === 'chunk' ? one.bytes.length : 0), 0);
  const fill = (lab: Lab): void => {
    const end = { address: '192.0.2.1', port: 1 };
    const wire = lab.tap.open('main', end, end, 0n);
    for (let i = 0; i < 20; i++) wire.saw('up', new Uint8Array(1_000));
  };
  fill(first);
  expect(bytesOf(first)).toBeGreaterThan(6_000);
  const second = found(open().lab);
  fill(second);
  expect(bytesOf(second)).toBeLessThanOrEqual(6_000);
  labs.sweep();
  expect(bytesOf(first)).toBeLessThanOrEqual(6_000);
});
