// The front with real sockets: every connection reaches one lab, and the tap has its bytes exactly.

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startRecordingProxy } from '../../src/capture/testing/recording-proxy.ts';
import { LAB_LIMITS } from '../lab/labs.ts';
import {
  conversations,
  get,
  handshakeTarget,
  heard,
  startClient,
  startFront,
  startRaw,
  tapOf,
  upgraded,
} from './testing/start-front.ts';

describe('a real client', () => {
  it('shakes hands, upgrades, is acknowledged, gets bytes back; the tap has it all', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const proxy = await startRecordingProxy(port);
    onTestFinished(() => proxy.close());
    const client = startClient(proxy.port, lab);
    expect(await heard(client, 'welcome')).toBe('Hello from the lab');
    await upgraded(client);
    expect(await client.emitWithAck('hello', 'Ada')).toBe('Hello, Ada');
    const photo = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    expect(new Uint8Array(await client.emitWithAck('echo', photo))).toEqual(photo);
    client.disconnect();
    await vi.waitFor(() => {
      const seen = conversations(proxy.records);
      expect(conversations(lab.tap.ring.all()).length).toBeGreaterThan(1);
      expect(conversations(lab.tap.ring.all()).every((one, i) => one === seen[i])).toBe(true);
      expect(conversations(lab.tap.ring.all())).toHaveLength(seen.length);
    }, 5_000);
  });

  it.each([['polling'], ['websocket']] as const)('works with %s alone', async (transport) => {
    const { port, openLab } = await startFront();
    const client = startClient(port, openLab([transport]), [transport]);
    expect(await client.emitWithAck('echo', 'ä €')).toBe('ä €');
    expect(client.io.engine.transport.name).toBe(transport);
  });
});

describe('a head that arrives in pieces', () => {
  it('is in the tap in the same pieces, also after another request', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, shows } = startRaw(port);
    const request = get(handshakeTarget(lab));
    const unknown = get(`/lab/${lab.id}/main/none`);
    socket.write(request + unknown.slice(0, 30));
    await shows('"sid"');
    socket.write(unknown.slice(30));
    await shows('404 Not Found');
    const up = lab.tap.ring
      .all()
      .flatMap((record) => (record.kind === 'chunk' && record.direction === 'up' ? [record] : []));
    const texts = up.map(({ bytes }) => Buffer.from(bytes).toString());
    expect(texts).toEqual([request, unknown.slice(0, 30), unknown.slice(30)]);
  });
});

describe('two labs', () => {
  it.each([['polling'], ['websocket']] as const)(
    'never see bytes of each other (%s)',
    async (by) => {
      const { port, openLab } = await startFront();
      const [a, b] = [openLab(), openLab()];
      const [ofA, ofB] = [startClient(port, a, [by]), startClient(port, b, [by])];
      for (let i = 0; i < 20; i++) {
        const said = [
          ofA.emitWithAck('echo', `only A ${i}`),
          ofB.emitWithAck('echo', `only B ${i}`),
        ];
        expect(await Promise.all(said)).toEqual([`only A ${i}`, `only B ${i}`]);
      }
      expect(tapOf(a)).toContain('only A 19');
      expect(tapOf(b)).toContain('only B 19');
      for (const other of ['only B', b.id]) expect(tapOf(a)).not.toContain(other);
      for (const other of ['only A', a.id]) expect(tapOf(b)).not.toContain(other);
    },
  );

  it('on one kept-alive connection: the second is sent elsewhere, unseen by the first', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const { socket, closed, shows } = startRaw(port);
    socket.write(get(handshakeTarget(a)));
    await shows('"sid"');
    const before = tapOf(a);
    socket.write(get(handshakeTarget(b)));
    const text = await closed;
    expect(text).toMatch(/HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text.slice(text.indexOf('HTTP/1.1 408'))).toContain('\r\nConnection: close\r\n');
    expect(tapOf(a)).toBe(before);
    expect(tapOf(b)).toBe('');
    expect(before.split('|')[0]).toBe(get(handshakeTarget(a)));
  });

  it('asked for in one piece: no byte of the second reaches the first', async () => {
    const { port, openLab } = await startFront();
    const [a, b] = [openLab(), openLab()];
    const { socket, closed } = startRaw(port);
    socket.write(get(handshakeTarget(a)) + get(handshakeTarget(b)));
    expect(await closed).toContain('HTTP/1.1 408');
    expect(tapOf(a).split('|')[0]).toBe(get(handshakeTarget(a)));
    expect(tapOf(b)).toBe('');
  });
});

describe('what no lab is asked', () => {
  it.each([
    ['an unknown lab', '/lab/aaaaaaaaaa/main/', '404 Not Found', 'labs/gone'],
    ['no lab at all', '/', '404 Not Found', 'labs/gone'],
  ])('%s', async (_, target, status, code) => {
    const { port } = await startFront();
    const { socket, closed } = startRaw(port);
    socket.write(get(target));
    const text = await closed;
    expect(text).toContain(`HTTP/1.1 ${status}\r\n`);
    expect(text).toContain(code);
  });

  it('an unknown lane of a lab', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, closed } = startRaw(port);
    socket.write(get(`/lab/${lab.id}/other/socket.io/`));
    expect(await closed).toContain('HTTP/1.1 404 Not Found\r\n');
    expect(tapOf(lab)).toBe('');
  });

  it('a request that reads in two ways', async () => {
    const { port, openLab } = await startFront();
    const lab = openLab();
    const { socket, closed } = startRaw(port);
    socket.write(get(handshakeTarget(lab)).replace('\r\n\r\n', '\r\nContent-Length : 5\r\n\r\n'));
    expect(await closed).toContain('HTTP/1.1 400 Bad Request\r\n');
    expect(tapOf(lab)).toBe('');
  });

  it('a lab that has all its connections', async () => {
    const { port, openLab } = await startFront({
      labLimits: { ...LAB_LIMITS, connectionsPerLab: 1 },
    });
    const lab = openLab();
    const [first, second] = [startRaw(port), startRaw(port)];
    first.socket.write(get(handshakeTarget(lab)));
    await first.shows('"sid"');
    second.socket.write(get(handshakeTarget(lab)));
    expect(await second.closed).toContain('HTTP/1.1 503 Service Unavailable\r\n');
  });
});

describe('on the port of the app', () => {
  it.each([[1], [7], [1_000]])('the app gets what is not a lab, in pieces of %i', async (size) => {
    const { port, openLab } = await startFront({ isShared: true });
    const { socket, shows } = startRaw(port);
    const post = 'POST /here HTTP/1.1\r\nHost: app\r\nContent-Length: 4\r\n\r\nbody';
    socket.setNoDelay(true);
    for (let at = 0; at < post.length; at += size) {
      await new Promise((written) => socket.write(post.slice(at, at + size), written));
    }
    await shows('app POST /here body');
    socket.write(get('/there'));
    await shows('app GET /there');
    const client = startClient(port, openLab());
    expect(await client.emitWithAck('hello', 'Ada')).toBe('Hello, Ada');
  });

  it('a lab connection that then asks the app is sent elsewhere', async () => {
    const { port, openLab } = await startFront({ isShared: true });
    const { socket, closed, shows } = startRaw(port);
    socket.write(get(handshakeTarget(openLab())));
    await shows('"sid"');
    socket.write(get('/there'));
    const text = await closed;
    expect(text).toContain('HTTP/1.1 408');
    expect(text).not.toContain('app GET');
  });
});
