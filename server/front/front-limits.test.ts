// Nobody holds a connection for ever by saying nothing, saying it slowly, or never closing.

import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FRONT_LIMITS } from './front.ts';
import { get, handshakeTarget, startFront, startRaw } from './testing/start-front.ts';

const HASTY = { ...FRONT_LIMITS, headMs: 150, closingMs: 150 };

/** Begins a head and goes on with it, byte by byte, and never ends it. */
function trickle(socket: Socket): void {
  socket.write('GET / HTTP/1.1\r\nA: ');
  const timer = setInterval(() => socket.write('a'), 5);
  socket.once('close', () => clearInterval(timer));
  onTestFinished(() => clearInterval(timer));
}

describe('a head that trickles in', () => {
  it('is answered and ended as the first', async () => {
    const { port } = await startFront({ limits: HASTY });
    const { socket, closed } = startRaw(port);
    trickle(socket);
    const text = await closed;
    expect(text).toContain('HTTP/1.1 408 Request Timeout\r\n');
    expect(text).toContain('front/too-slow');
  });

  it('is answered and ended after others on a kept-alive connection', async () => {
    const { port, openLab, held } = await startFront({ limits: HASTY });
    const { socket, closed, shows } = startRaw(port);
    socket.write(get(handshakeTarget(openLab())));
    await shows('"sid"');
    trickle(socket);
    expect(await closed).toContain('front/too-slow');
    await vi.waitFor(() => expect(held()).toBe(0));
  });
});

describe('a connection', () => {
  it('that asks for nothing is closed without a word', async () => {
    const { port } = await startFront({ limits: HASTY });
    expect(await startRaw(port).closed).toBe('');
  });

  it('that was served may be idle for longer', async () => {
    const { port, openLab } = await startFront({ limits: HASTY });
    const lab = openLab();
    const { socket, shows } = startRaw(port);
    socket.write(get(handshakeTarget(lab)));
    await shows('"sid"');
    await startRaw(port).closed;
    socket.write(get(`/lab/${lab.id}/main/none`));
    await shows('404 Not Found');
  });

  it.each([
    ['was refused', '/'],
    ['was served and then sent elsewhere', undefined],
  ])('that %s and is not closed by the other end is let go', async (_, refused) => {
    const { port, openLab, held } = await startFront({ limits: HASTY });
    const { socket, shows } = startRaw(port, true);
    if (refused) socket.write(get(refused));
    else socket.write(get(handshakeTarget(openLab())) + get('/'));
    await shows('Connection: close');
    expect(held()).toBe(1);
    await vi.waitFor(() => expect(held()).toBe(0));
  });
});

describe('connections that belong to nobody yet', () => {
  it('are refused where they are too many, and those that belong to a lab do not count', async () => {
    const { port, openLab } = await startFront({ limits: { ...FRONT_LIMITS, waiting: 2 } });
    const [first, second] = [startRaw(port), startRaw(port)];
    const refused = await startRaw(port).closed;
    expect(refused).toContain('HTTP/1.1 503 Service Unavailable\r\n');
    expect(refused).toContain('front/too-many');
    const request = get(handshakeTarget(openLab()));
    first.socket.write(request);
    await first.shows('"sid"');
    const third = startRaw(port);
    third.socket.write(request);
    await third.shows('"sid"');
    second.socket.destroy();
  });

  it('no longer count once they are closed or were given to the app', async () => {
    const { port, held } = await startFront({
      isShared: true,
      limits: { ...FRONT_LIMITS, waitingPerAddress: 1 },
    });
    const first = startRaw(port);
    first.socket.end();
    await first.closed;
    await vi.waitFor(() => expect(held()).toBe(0));
    for (const target of ['/one', '/two']) {
      const { socket, shows } = startRaw(port);
      socket.write(get(target));
      await shows(`app GET ${target}`);
    }
  });
});
