// A lab compresses what it serves with gzip or deflate, which the dissectors read, and never with br.

import { expect, it } from 'vitest';
import { get, startFront, startRaw } from '../front/testing/start-front.ts';

it.each([
  ['as a browser on a secure origin asks', 'gzip, deflate, br, zstd', 'gzip'],
  ['br before all others', 'br;q=1.0, gzip;q=0.8, *;q=0.1', 'gzip'],
  ['br and nothing else', 'br', undefined],
  ['in capitals', 'BR, deflate', 'deflate'],
  ['anything', '*', 'gzip'],
  ['gzip alone', 'gzip', 'gzip'],
  ['nothing', '', undefined],
])('socket.io.js, %s', async (_, accepted, encoding) => {
  const { port, openLab } = await startFront();
  const { socket, closed } = startRaw(port);
  const target = `/lab/${openLab().id}/main/socket.io/socket.io.js`;
  socket.write(get(target, `Accept-Encoding: ${accepted}`, 'Connection: close'));
  const [head = ''] = (await closed).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(/\r\ncontent-encoding: (.*)(?:\r\n|$)/i.exec(head)?.[1]).toBe(encoding);
});
