// Who is told what of the connections of a class: names and public addresses not to everybody.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CLASS_VERSION, type ClassTuple } from '../../src/contract/class.ts';
import { type Connected, toldTo } from './connections.ts';
import { create, get, joinAs } from './testing/calls.ts';
import { ask, ClassServer } from './testing/class-server.ts';

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

const follow = (socket: Socket, code: string, as: object) =>
  get(socket, 'class:follow', { code, after: 0, as });

const tuplesOf = async (socket: Socket, code: string) =>
  (await get<{ tuples: ClassTuple[] }>(socket, 'class:connections', { code })).tuples;

it('tells one of the class the connections of all, with ports of their own and one of the server', async () => {
  const [teacher, ada, ben] = [await server.client(), await server.client(), await server.client()];
  const { code, key } = await create(teacher);
  const seats = [await joinAs(ada, code, 'Ada'), await joinAs(ben, code, 'Ben')];
  await follow(teacher, code, { key });
  await follow(ada, code, seats[0] ?? {});
  await follow(ben, code, seats[1] ?? {});

  const hers = await vi.waitFor(async () => {
    const tuples = await tuplesOf(ada, code);
    expect(tuples.map(({ who }) => who)).toEqual(['you', 'instructor', 'learner']);
    return tuples;
  });
  expect(new Set(hers.map(({ client }) => client.port)).size).toBe(3);
  expect(new Set(hers.map(({ server: end }) => `${end.address} ${end.port}`))).toEqual(
    new Set([`127.0.0.1 ${new URL(server.origin).port}`]),
  );
  // The same wires for everybody, and no learner is told which learner another is.
  const his = await tuplesOf(ben, code);
  const ports = (tuples: readonly ClassTuple[]) => tuples.map(({ client }) => client.port).sort();
  expect(ports(his)).toEqual(ports(hers));
  expect(JSON.stringify([hers, his])).not.toContain('"learner":');
  const all = await tuplesOf(teacher, code);
  expect(all.map(({ learner }) => learner)).toEqual([
    undefined,
    ...seats.map((one) => one.learner),
  ]);

  ben.disconnect();
  await vi.waitFor(async () => expect(await tuplesOf(ada, code)).toHaveLength(2));
});

it('tells nothing to who is not of the class', async () => {
  const [teacher, stranger] = [await server.client(), await server.client()];
  const { code } = await create(teacher);
  const other = await create(stranger);
  await follow(stranger, other.code, { key: other.key });
  const request = { version: CLASS_VERSION, code };
  expect(await ask(stranger, 'class:connections', request)).toMatchObject({
    code: 'class/not-known',
  });
  await get(stranger, 'class:follow', { code, after: 0 });
  expect(await ask(stranger, 'class:connections', request)).toMatchObject({
    code: 'class/not-known',
  });
});

it('keeps public addresses from classmates, but not that two are the same', () => {
  const of = (socket: string, address: string, learner?: string): Connected => ({
    socket,
    learner,
    client: { address, port: 40_000 },
    server: { address: '10.0.0.1', port: 443 },
  });
  const all = [
    of('t', '198.51.100.1'),
    of('a', '203.0.113.5', 'ada'),
    of('b', '203.0.113.5', 'ben'),
    of('c', '198.51.100.9', 'cleo'),
    of('d', '198.51.100.9', 'dora'),
    of('e', '192.168.1.4', 'eve'),
  ];
  const addresses = (reader: Parameters<typeof toldTo>[0], socket: string) =>
    toldTo(reader, socket, all).tuples.map(({ client }) => client.address);
  expect(addresses({ isInstructor: false, learner: 'ada' }, 'a')).toEqual([
    '203.0.113.5',
    'address A',
    '203.0.113.5',
    'address B',
    'address B',
    '192.168.1.4',
  ]);
  expect(addresses({ isInstructor: true, learner: undefined }, 't')).toEqual(
    all.map(({ client }) => client.address),
  );
  const many = Array.from({ length: 230 }, (_, i) => of(`s${i}`, '10.0.0.2', `l${i}`));
  const told = toldTo({ isInstructor: true, learner: undefined }, 't', many);
  expect([told.tuples.length, told.more]).toEqual([200, 30]);
});
