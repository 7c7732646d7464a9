// The right to drive one device: what it allows, what it refuses, and when it ends.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type Socket as Client, io } from 'socket.io-client';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Reply } from '../../src/contract/call.ts';
import type { DeviceOffer } from '../../src/contract/drive.ts';
import { LABS_VERSION } from '../../src/contract/labs.ts';
import { serveDriving } from './drive.ts';
import { Labs } from './labs.ts';

const CODE = '4KD7';

async function start() {
  const http = createServer();
  const app = new Server(http);
  const labs = new Labs();
  const bugs: unknown[] = [];
  const inClass = new Set<string>();
  const members = (code: string) => (code === CODE ? inClass : new Set<string>());
  serveDriving(app, { labs, members, onBug: (error) => bugs.push(error) });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    labs.closeAll();
    await app.close();
    expect(bugs).toEqual([]);
  });
  const { port } = http.address() as AddressInfo;
  const connect = (): Client => {
    const client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    onTestFinished(() => void client.disconnect());
    return client;
  };
  const open = () => {
    const lanes = { main: { exercise: 'av-room', transports: ['websocket' as const] } };
    const opened = labs.open({ version: LABS_VERSION, lanes }, '127.0.0.1');
    if (!opened.ok) throw new Error(opened.message);
    return opened.value;
  };
  /** A page that the class knows. */
  const attend = async (): Promise<Client> => {
    const client = connect();
    await new Promise<void>((resolve) => client.once('connect', resolve));
    inClass.add(client.id ?? '');
    return client;
  };
  return { labs, connect, attend, open };
}

const ask = <T>(client: Client, event: string, request: object): Promise<Reply<T>> =>
  client.emitWithAck(event, request);

const VOLUME = { what: 'volume', value: 45 };

async function granted(owner: Client, lab: object): Promise<string> {
  const reply = await ask<{ driving: string }>(owner, 'drive:grant', { ...lab, device: 'panel 2' });
  if (!reply.ok) throw new Error(reply.message);
  return reply.value.driving;
}

/** Says what was touched, and does it. */
function hands(owner: Client): object[] {
  const touched: object[] = [];
  owner.on('drive:touched', (touch: object, answer: (said: string) => void) => {
    touched.push(touch);
    answer('done');
  });
  return touched;
}

it('a touch reaches the owner’s page, with the lab it is for and nothing else', async () => {
  const { connect, open } = await start();
  const [owner, phone, other] = [connect(), connect(), connect()];
  const lab = open();
  const [touched, none] = [hands(owner), hands(other)];
  const driving = await granted(owner, lab);
  expect(driving).not.toBe(lab.token);
  expect(await ask(phone, 'drive:device', { driving })).toEqual({
    ok: true,
    value: { device: 'panel 2' },
  });
  expect(await ask(phone, 'drive:touch', { driving, wish: VOLUME })).toEqual({
    ok: true,
    value: { answer: 'done' },
  });
  expect(touched).toEqual([{ lab: lab.lab, wish: VOLUME }]);
  expect(none).toEqual([]);
});

it('only the lab’s owner grants it, and its token is no right to anything else', async () => {
  const { connect, open } = await start();
  const [owner, phone] = [connect(), connect()];
  const lab = open();
  const driving = await granted(owner, lab);
  for (const request of [
    { lab: lab.lab, token: driving, device: 'amplifier' },
    { lab: lab.lab, token: '0'.repeat(64), device: 'amplifier' },
  ]) {
    expect(await ask(phone, 'drive:grant', request)).toMatchObject({ code: 'labs/not-yours' });
  }
  expect(await ask(phone, 'drive:touch', { driving: lab.token, wish: VOLUME })).toMatchObject({
    code: 'drive/gone',
  });
});

it.each([
  ['another device', { wish: VOLUME, device: 'amplifier' }],
  ['another knob', { wish: { what: 'amplifier', value: 'away' } }],
  ['a volume beyond the scale', { wish: { what: 'volume', value: 101 } }],
  ['a volume that is none', { wish: { what: 'volume', value: '<b>' } }],
  ['a source that is none', { wish: { what: 'source', value: 'HDMI 3' } }],
  ['more than a wish', { wish: { ...VOLUME, lab: 'abc' } }],
  ['nothing', {}],
])('%s is refused, and the owner is not asked', async (_, request) => {
  const { connect, open } = await start();
  const owner = connect();
  const touched = hands(owner);
  const driving = await granted(owner, open());
  expect(await ask(connect(), 'drive:touch', { driving, ...request })).toMatchObject({
    code: 'bad-request',
  });
  expect(touched).toEqual([]);
});

it('one touch at a time', async () => {
  const { connect, open } = await start();
  const [owner, phone] = [connect(), connect()];
  hands(owner);
  const driving = await granted(owner, open());
  const replies = await Promise.all(
    Array.from({ length: 5 }, () => ask(phone, 'drive:touch', { driving, wish: VOLUME })),
  );
  expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
  expect(replies[4]).toMatchObject({ code: 'drive/slow-down' });
});

it.each([
  ['taken back', (owner: Client, lab: object) => ask(owner, 'drive:end', lab)],
  ['given anew', (owner: Client, lab: object) => granted(owner, lab)],
])('ends when it is %s', async (_, end) => {
  const { connect, open } = await start();
  const owner = connect();
  const lab = open();
  const driving = await granted(owner, lab);
  await end(owner, lab);
  expect(await ask(connect(), 'drive:device', { driving })).toMatchObject({ code: 'drive/gone' });
});

it('ends with the lab', async () => {
  const { connect, open, labs } = await start();
  const owner = connect();
  const lab = open();
  const driving = await granted(owner, lab);
  labs.close(lab.lab);
  expect(await ask(connect(), 'drive:touch', { driving, wish: VOLUME })).toMatchObject({
    code: 'drive/gone',
  });
});

it('ends with its owner’s page', async () => {
  const { connect, open } = await start();
  const [owner, phone] = [connect(), connect()];
  const driving = await granted(owner, open());
  owner.disconnect();
  await expect
    .poll(() => ask(phone, 'drive:device', { driving }))
    .toMatchObject({ code: 'drive/gone' });
});

/** What the page was last told is offered. */
function told(page: Client) {
  let offers: DeviceOffer[] = [];
  page.on('drive:offered', (part: { offers: DeviceOffer[] }) => {
    offers = part.offers;
  });
  return { offers: () => offers };
}

it('a device is offered to the class, taken by one of it, and driven by her', async () => {
  const { attend, open } = await start();
  const [owner, ben, cleo] = [await attend(), await attend(), await attend()];
  const lab = open();
  const touched = hands(owner);
  await granted(owner, lab);
  const [mine, bens, cleos] = [told(owner), told(ben), told(cleo)];
  const takenAt = new Promise((resolve) => owner.once('drive:taken', resolve));
  expect(await ask(owner, 'drive:offer', { ...lab, code: CODE })).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(bens.offers()).toHaveLength(1));
  expect(mine.offers()).toMatchObject([{ device: 'panel 2', isYours: true }]);
  const [offered] = bens.offers();
  // Nothing of the lab or its owner is in it.
  expect(offered).toEqual({
    offer: expect.stringMatching(/^[0-9a-f]{16}$/),
    device: 'panel 2',
    isYours: false,
  });
  expect(await ask(cleo, 'drive:offers', { code: CODE })).toEqual({
    ok: true,
    value: { offers: [offered] },
  });
  const taking = { code: CODE, offer: offered?.offer };
  const taken = await ask<{ driving: string }>(ben, 'drive:take', taking);
  if (!taken.ok) throw new Error(taken.message);
  expect(await takenAt).toEqual({ lab: lab.lab });
  await vi.waitFor(() => expect(cleos.offers()).toEqual([]));
  expect(await ask(cleo, 'drive:take', taking)).toMatchObject({ ok: false, code: 'drive/taken' });
  const { driving } = taken.value;
  expect(await ask(ben, 'drive:touch', { driving, wish: VOLUME })).toMatchObject({ ok: true });
  expect(touched).toEqual([{ lab: lab.lab, wish: VOLUME }]);
  // What she takes back is taken back from everybody.
  await ask(owner, 'drive:end', lab);
  expect(await ask(ben, 'drive:touch', { driving, wish: VOLUME })).toMatchObject({
    ok: false,
    code: 'drive/gone',
  });
});

it('nobody outside the class sees, makes or takes an offer, and it ends with its owner', async () => {
  const { attend, connect, open } = await start();
  const [owner, ben, stranger] = [await attend(), await attend(), connect()];
  const lab = open();
  expect(await ask(owner, 'drive:offer', { ...lab, code: CODE })).toMatchObject({
    code: 'drive/gone',
  });
  await granted(owner, lab);
  const bens = told(ben);
  const strangers = told(stranger);
  const offering = { ...lab, code: CODE };
  expect(await ask(stranger, 'drive:offer', offering)).toMatchObject({ code: 'class/not-known' });
  expect(await ask(stranger, 'drive:offers', { code: CODE })).toMatchObject({
    code: 'class/not-known',
  });
  await ask(owner, 'drive:offer', offering);
  await ask(owner, 'drive:offer', offering);
  await vi.waitFor(() => expect(bens.offers()).toHaveLength(1));
  const [offered] = bens.offers();
  const taking = { code: CODE, offer: offered?.offer };
  expect(await ask(stranger, 'drive:take', taking)).toMatchObject({ code: 'class/not-known' });
  expect(await ask(ben, 'drive:take', { ...taking, code: '9KD7' })).toMatchObject({
    code: 'class/not-known',
  });
  owner.disconnect();
  await vi.waitFor(() => expect(bens.offers()).toEqual([]));
  expect(strangers.offers()).toEqual([]);
  expect(await ask(ben, 'drive:take', taking)).toMatchObject({ code: 'drive/taken' });
});
