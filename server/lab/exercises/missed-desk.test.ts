// The programs about missed events over real sockets: they emit on order, their notes and their own
// counts agree, and what a client sends in place of a message harms nobody.

import { expect, it, vi } from 'vitest';
import type { Noted } from '../../../src/capture/record.ts';
import { startClient, startFront } from '../../front/testing/start-front.ts';
import type { Lab } from '../lab.ts';

const notes = (lab: Lab): Noted[] => lab.tap.ring.all().filter((record) => record.kind === 'note');

const ids = (lab: Lab, what: Noted['what']): string[] =>
  notes(lab)
    .filter((note) => note.what === what)
    .map(({ message }) => message);

async function opened(exercise: string, settings = {}) {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket'], { exercise, ...settings });
  const counts = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/lab/${lab.id}/main/count`)).json()) as Record<
      'emitted' | 'handled' | 'known',
      string[]
    >;
  return { lab, counts, connect: () => startClient(port, lab, ['websocket']) };
}

const start = (lab: Lab, count: number) =>
  expect(lab.order('main', 'start', { count, everyMs: 20, firstMs: 0 })).toBe(true);

it('emits as often as it is told, to nobody where nobody is, and counts it', async () => {
  const { lab, counts } = await opened('missed-plain');
  start(lab, 3);
  await vi.waitFor(() => expect(ids(lab, 'emitted')).toEqual(['s-1', 's-2', 's-3']));
  expect((await counts()).emitted).toEqual(['s-1', 's-2', 's-3']);
  expect(ids(lab, 'buffered')).toEqual([]);
});

it('sends again to a client that never answers, on whatever socket it has', async () => {
  const { lab, connect } = await opened('missed-retry');
  const client = connect();
  await vi.waitFor(() => expect(client.connected).toBe(true));
  const heard: string[] = [];
  client.on('news', ({ id }: { id: string }, answer: () => void) => {
    heard.push(id);
    if (heard.length === 2) answer();
  });
  start(lab, 1);
  await vi.waitFor(() => expect(ids(lab, 'acknowledged')).toEqual(['s-1']), 5_000);
  expect(heard).toEqual(['s-1', 's-1']);
  expect(ids(lab, 'resent')).toEqual(['s-1']);
});

it('gives the rest of its log to whoever says how far she got', async () => {
  const { lab, connect } = await opened('missed-offset');
  start(lab, 3);
  await vi.waitFor(() => expect(ids(lab, 'emitted')).toHaveLength(3));
  const client = connect();
  const heard: string[] = [];
  client.on('news', ({ id }: { id: string }) => heard.push(id));
  await vi.waitFor(() => expect(heard).toEqual(['s-1', 's-2', 's-3']));
  client.disconnect();
  client.auth = { last: 2 };
  client.connect();
  await vi.waitFor(() => expect(heard).toEqual(['s-1', 's-2', 's-3', 's-3']));
});

it('handles a report once, however often it comes, where it remembers ids', async () => {
  const { connect, counts } = await opened('missed-dedupe');
  const client = connect();
  await client.emitWithAck('report', { id: 'c-1', n: 1 });
  await client.emitWithAck('report', { id: 'c-1', n: 1 });
  expect(await counts()).toMatchObject({ handled: ['c-1'], known: ['c-1'] });
});

it('writes down what connection state recovery keeps, and only that', async () => {
  const { lab, connect } = await opened('missed-kinds', { recoveryMs: 5_000 });
  const client = connect();
  await vi.waitFor(() => expect(client.connected).toBe(true));
  start(lab, 6);
  await vi.waitFor(() => expect(ids(lab, 'emitted')).toHaveLength(6));
  expect(ids(lab, 'buffered')).toEqual(['s-1', 's-4']);
});

it('passes a report on to everybody but its sender, after it answered', async () => {
  const { lab, connect } = await opened('missed-relay');
  const [you, ada] = [connect(), connect()];
  const shown: unknown[] = [];
  ada.on('report', (report) => shown.push(report));
  you.on('report', () => shown.push('back to its sender'));
  await vi.waitFor(() => expect(ada.connected && you.connected).toBe(true));
  await you.emitWithAck('report', { id: 'c-1', n: 1 });
  await vi.waitFor(() => expect(shown).toEqual([{ id: 'c-1', n: 1 }]));
  expect(notes(lab).find(({ what }) => what === 'emitted')).toMatchObject({
    message: 'c-1',
    detail: 'to:Ada',
  });
  start(lab, 2);
  expect(await you.emitWithAck('report', { id: 'c-2', n: 2 })).toBeUndefined();
  expect(ids(lab, 'emitted')).toEqual(['c-1', 'c-2']);
});

it('drops a client that sends something else than it should, and goes on with the others', async () => {
  const { connect, counts } = await opened('missed-dedupe');
  const [bad, good] = [connect(), connect()];
  await vi.waitFor(() => expect(bad.connected && good.connected).toBe(true));
  bad.emit('report', null);
  await vi.waitFor(() => expect(bad.connected).toBe(false));
  await good.emitWithAck('report', { id: 'c-1'.repeat(100), n: 1 });
  expect((await counts()).handled).toEqual(['c-1'.repeat(100).slice(0, 40)]);
});
