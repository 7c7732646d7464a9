// What came through a proxy ends its connection: a proxy would use it for another browser's request,
// of another lab.

import { expect, it } from 'vitest';
import { get, handshakeTarget, startFront, startRaw } from './testing/start-front.ts';

const MARKS = ['Via: 1.1 proxy', 'Forwarded: for=192.0.2.1', 'X-Forwarded-For: 192.0.2.1'] as const;

it.each(MARKS)('a lab ends the connection after its answer (%s)', async (mark) => {
  const { port, openLab } = await startFront();
  const { socket, closed } = startRaw(port);
  socket.write(get(handshakeTarget(openLab()), mark));
  const text = await closed;
  expect(text).toContain('"sid"');
  expect(text).toMatch(/\r\nConnection: close\r\n/i);
  expect(text).not.toContain('408');
});

it.each(MARKS)('so does the app, where both share a port (%s)', async (mark) => {
  const { port } = await startFront({ isShared: true });
  const { socket, closed } = startRaw(port);
  socket.write(get('/here', mark));
  const text = await closed;
  expect(text).toContain('app GET /here');
  expect(text).toMatch(/\r\nConnection: close\r\n/i);
});

it('so does a lab where only a proxy can be at the other end, whether it names itself or not', async () => {
  const { port, openLab } = await startFront({ isProxied: true });
  const { socket, closed } = startRaw(port);
  socket.write(get(handshakeTarget(openLab())));
  expect(await closed).toMatch(/\r\nConnection: close\r\n/i);
});

it('a browser’s own connection is kept', async () => {
  const { port, openLab } = await startFront();
  const { socket, shows, text } = startRaw(port);
  const lab = openLab();
  socket.write(get(handshakeTarget(lab)));
  await shows('"sid"');
  expect(text()).toMatch(/\r\nConnection: keep-alive\r\n/i);
  socket.write(get(`/lab/${lab.id}/main/none`));
  await shows('404 Not Found');
});
