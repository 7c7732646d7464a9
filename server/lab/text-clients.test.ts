// A learner's text goes out as it is, by a real connection, to her own lab and nowhere else, within
// bounds; and all of it is in the tap, also what the front refused.

import { describe, expect, it, vi } from 'vitest';
import { SERVER_CLIENT } from '../../src/capture/clients.ts';
import { get, startFront } from '../front/testing/start-front.ts';
import type { Lab } from './lab.ts';
import { TEXT_LIMITS } from './text-clients.ts';

const QUICK = { ...TEXT_LIMITS, quietMs: 150, mostMs: 1_000 };
const start = (limits: Partial<typeof TEXT_LIMITS> = {}) =>
  startFront({ textLimits: { ...QUICK, ...limits } });

const notes = (lab: Lab) => lab.tap.ring.all().filter((record) => record.kind === 'note');
const said = (lab: Lab, direction: 'up' | 'down'): string =>
  lab.tap.ring
    .all()
    .map((record) => (record.kind === 'chunk' && record.direction === direction ? record : null))
    .map((chunk) => Buffer.from(chunk?.bytes ?? []).toString())
    .join('');
const notFound = (lab: Lab): string => get(`/lab/${lab.id}/main/none`);
const http = (port: Awaited<ReturnType<typeof start>>) =>
  port.openLab(['websocket'], { exercise: 'http' });

describe('what is said', () => {
  it('arrives byte for byte, by a client that says so, and is answered', async () => {
    const front = await start();
    const lab = http(front);
    const text = `${get(`/lab/${lab.id}/main/notes`, 'X-Note:  ü ')}${notFound(lab)}`;
    const reply = await front.texts.send({ lab, lane: 'main' }, text);
    expect(reply).toEqual({ ok: true, value: { end: 'quiet' } });
    expect(said(lab, 'up')).toBe(text);
    expect(said(lab, 'down')).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*HTTP\/1\.1 404 Not Found/);
    const [opened] = lab.tap.ring.all().filter((record) => record.kind === 'open');
    expect(notes(lab)).toMatchObject([
      { who: SERVER_CLIENT, what: 'connected', detail: `127.0.0.1 port ${opened?.client.port}` },
      { who: SERVER_CLIENT, what: 'disconnected' },
    ]);
    expect(opened?.server.port).toBe(front.port);
  });

  it.each([
    ['no Host', 'GET {lab}notes HTTP/1.1\r\n\r\n', 'not exactly one Host header'],
    [
      'two lengths',
      'POST {lab}notes HTTP/1.1\r\nHost: lab\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'both Transfer-Encoding',
    ],
    ['bare line feeds', 'GET {lab}notes HTTP/1.1\nHost: lab\n\n', 'does not end with CR LF'],
    ['no request at all', 'Good morning\r\n\r\n', 'request line is malformed'],
  ])(
    'is refused with 400 where it is malformed (%s), and both are in the tap',
    async (_, text, why) => {
      const front = await start();
      const lab = http(front);
      const own = text.replace('{lab}', `/lab/${lab.id}/main/`);
      expect(await front.texts.send({ lab, lane: 'main' }, own)).toMatchObject({
        value: { end: 'server' },
      });
      expect(said(lab, 'up')).toBe(own);
      expect(said(lab, 'down')).toMatch(/^HTTP\/1\.1 400 Bad Request/);
      expect(said(lab, 'down')).toContain(why);
    },
  );

  it('is answered in order, the good before the bad', async () => {
    const front = await start();
    const lab = http(front);
    await front.texts.send({ lab, lane: 'main' }, `${notFound(lab)}nonsense\r\n\r\n`);
    expect(said(lab, 'down')).toMatch(/^HTTP\/1\.1 404 [\s\S]*HTTP\/1\.1 400 /);
  });

  it('is in the tap also where the head never ends', async () => {
    const front = await start();
    const lab = http(front);
    const text = notFound(lab).slice(0, -2);
    expect(await front.texts.send({ lab, lane: 'main' }, text)).toMatchObject({
      value: { end: 'quiet' },
    });
    await vi.waitFor(() => expect(said(lab, 'up')).toBe(text));
    expect(said(lab, 'down')).toBe('');
  });
});

describe('what it cannot reach', () => {
  it.each([
    ['first', ''],
    ['behind a request of its own', 'own'],
  ])('is another lab, asked for %s', async (_, before) => {
    const front = await start();
    const [lab, other] = [http(front), http(front)];
    const text = (before ? notFound(lab) : '') + notFound(other);
    await front.texts.send({ lab, lane: 'main' }, text);
    expect(said(lab, 'down')).toMatch(/421 Misdirected Request[\s\S]*front\/elsewhere/);
    expect(other.tap.ring.all()).toEqual([]);
    expect(said(lab, 'up')).toBe(text);
  });

  it('is the app that shares the port', async () => {
    const front = await startFront({ isShared: true, textLimits: QUICK });
    const lab = http(front);
    await front.texts.send({ lab, lane: 'main' }, get('/healthz'));
    expect(said(lab, 'down')).toContain('421 Misdirected Request');
    expect(said(lab, 'down')).not.toContain('app GET');
  });

  it('is a lane that is not there', async () => {
    const front = await start();
    const sent = front.texts.send({ lab: http(front), lane: 'other' }, 'x');
    expect(await sent).toMatchObject({ ok: false, code: 'send/no-such-lane' });
  });

  it('is a server that does not listen', async () => {
    const front = await start();
    const { TextClients } = await import('./text-clients.ts');
    const texts = new TextClients(() => ({ host: '127.0.0.1', port: 1 }));
    const sent = texts.send({ lab: http(front), lane: 'main' }, 'x');
    expect(await sent).toMatchObject({ ok: false, code: 'send/no-connection' });
  });
});

describe('its bounds', () => {
  it('one text of a lab at a time', async () => {
    const front = await start();
    const lab = http(front);
    const both = await Promise.all([
      front.texts.send({ lab, lane: 'main' }, notFound(lab)),
      front.texts.send({ lab, lane: 'main' }, notFound(lab)),
    ]);
    expect(both).toMatchObject([{ ok: true }, { ok: false, code: 'send/busy' }]);
    expect(await front.texts.send({ lab, lane: 'main' }, notFound(lab))).toMatchObject({
      ok: true,
    });
  });

  it('so many at once', async () => {
    const front = await start({ clients: 1 });
    const [a, b] = [http(front), http(front)];
    const both = await Promise.all(
      [a, b].map((lab) => front.texts.send({ lab, lane: 'main' }, 'x')),
    );
    expect(both).toMatchObject([{ ok: true }, { ok: false, code: 'send/busy' }]);
  });

  it('so many at once for one address, and others still', async () => {
    const front = await start({ clientsPerAddress: 1 });
    const send = (address: string) =>
      front.texts.send({ lab: http(front), lane: 'main' }, 'x', address);
    const all = await Promise.all(['192.0.2.1', '192.0.2.1', '192.0.2.2'].map(send));
    expect(all.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('so many a minute', async () => {
    const front = await start({ perMinute: 1, quietMs: 20 });
    const lab = http(front);
    await front.texts.send({ lab, lane: 'main' }, 'x');
    const next = await front.texts.send({ lab, lane: 'main' }, 'x');
    expect(next).toMatchObject({ ok: false, code: 'send/slow-down' });
  });

  it('answers no longer than it reads', async () => {
    const front = await start({ answerBytes: 10_000 });
    const lab = http(front);
    const sent = await front.texts.send({ lab, lane: 'main' }, get(`/lab/${lab.id}/main/file`));
    expect(sent).toMatchObject({ value: { end: 'too-much' } });
  });

  it('a time, also where something always comes', async () => {
    const front = await start({ mostMs: 60 });
    const lab = http(front);
    const sent = await front.texts.send({ lab, lane: 'main' }, get(`/lab/${lab.id}/main/file`));
    expect(sent).toMatchObject({ value: { end: 'late' } });
  });

  it('its end with the lab', async () => {
    const front = await start({ quietMs: 10_000, mostMs: 20_000 });
    const lab = http(front);
    const sent = front.texts.send({ lab, lane: 'main' }, notFound(lab));
    await vi.waitFor(() => expect(said(lab, 'down')).toContain('404'));
    lab.close();
    expect(await sent).toMatchObject({ value: { end: 'server' } });
  });
});
