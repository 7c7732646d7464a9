// Requests that do not wait for the answer before: the front never speaks in the middle of the lab's.

import { describe, expect, it, vi } from 'vitest';
import { isOfWire } from '../../src/capture/record.ts';
import type { Lab } from '../lab/lab.ts';
import { get, handshakeTarget, startFront, startRaw, tapOf } from './testing/start-front.ts';

const libraryTarget = (lab: Lab): string => `/lab/${lab.id}/main/socket.io/socket.io.js`;

/** How the answers after one another begin. */
const statuses = (text: string): (string | undefined)[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);

describe('a request for another place, sent before the lab has answered', () => {
  it('is answered after the lab has sent all of a long answer', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const { socket, closed } = startRaw(port);
    socket.write(get(libraryTarget(a)) + get(handshakeTarget(a)) + get(handshakeTarget(b)));
    const text = await closed;
    expect(statuses(text)).toEqual(['200', '200', '408']);
    // The chunked coding of the first ends, and the JSON of the second, before the next begins.
    expect(text).toMatch(/\r\n0\r\n\r\nHTTP\/1\.1 200 OK[\s\S]*\}HTTP\/1\.1 408/);
    expect(text.length).toBeGreaterThan(100_000);
    expect(tapOf(b)).toBe('');
    expect(tapOf(a)).not.toContain(b.id);
  });

  it('waits while the lab holds a poll open', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const first = startRaw(port);
    first.socket.write(get(handshakeTarget(a)));
    await first.shows('"sid"');
    const sid = /"sid":"([^"]+)"/.exec(first.text())?.[1] ?? '';
    const target = `${handshakeTarget(a)}&sid=${sid}`;
    first.socket.write(get(target) + get(handshakeTarget(b)));
    await vi.waitFor(() => expect(tapOf(a)).toContain(`sid=${sid}`));
    const second = startRaw(port);
    const post = `POST ${target} HTTP/1.1\r\nHost: lab\r\nContent-Length: 2\r\n\r\n40`;
    second.socket.write(post);
    await second.shows('ok');
    const text = await first.closed;
    expect(statuses(text)).toEqual(['200', '200', '408']);
    expect(text).toMatch(/40\{"sid":"[^"]+"\}[\s\S]*HTTP\/1\.1 408/);
  });

  it('is in the tap as a connection that the server closed', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, closed } = startRaw(port);
    socket.write(get(libraryTarget(lab)) + get('/'));
    await closed;
    const last = lab.tap.ring.all().filter(isOfWire).at(-1);
    expect(last).toMatchObject({ kind: 'close', by: 'server', how: 'fin' });
  });
});

it('a request that cannot be read is refused after the answers before it', async () => {
  const { port, openLab } = await startFront();
  const { socket, closed } = startRaw(port);
  socket.write(`${get(libraryTarget(openLab()))}GET  / HTTP/1.1\r\n\r\n`);
  const text = await closed;
  expect(statuses(text)).toEqual(['200', '400']);
  expect(text).toContain('\r\n0\r\n\r\nHTTP/1.1 400');
});
