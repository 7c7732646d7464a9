// A lab whose link is told what to do, a raw client that talks to it, and what the tap wrote down of both.
// For tests only.

import { parseScript } from '../../../src/faults/script.ts';
import { encodeUtf8 } from '../../../src/lib/utf8.ts';
import { buildWebSocketFrame } from '../../../src/wire/websocket.ts';
import { get, startRaw } from '../../front/testing/start-front.ts';
import type { Lab } from '../../lab/lab.ts';

interface Given {
  readonly fault: string;
  readonly when?: object;
  readonly direction?: string;
  readonly params?: object;
}

export function script(...entries: Given[]) {
  const whole = entries.map((entry) => ({ direction: 'both', when: { from: 0 }, ...entry }));
  const parsed = parseScript({ name: 'test', seed: 1, entries: whole });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

export const masked = (text: string): Buffer =>
  Buffer.from(
    buildWebSocketFrame({
      fin: true,
      rsv: 0,
      lengthBits: text.length < 126 ? 7 : text.length < 0x1_0000 ? 16 : 64,
      opcode: 1,
      maskingKey: Uint8Array.of(1, 2, 3, 4),
      payload: encodeUtf8(text),
    }),
  );

/** A raw client that connects and asks twice; what it got, and how its connection ended. */
export function ask(port: number, lab: Lab) {
  const { socket, closed, shows, text } = startRaw(port, true);
  let ending = '';
  socket.on('end', () => {
    ending ||= 'fin';
    socket.end();
  });
  socket.on('error', ({ message }) => {
    ending ||= message.includes('ECONNRESET') ? 'reset' : message;
  });
  const key = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
  const target = `/lab/${lab.id}/main/socket.io/?EIO=4&transport=websocket`;
  socket.write(get(target, 'Connection: Upgrade', 'Upgrade: websocket', ...key));
  const talk = async (): Promise<void> => {
    await shows('"sid"');
    socket.write(masked('40'));
    await shows('welcome');
    socket.write(masked('420["echo","first"]'));
    await shows('430["first"]');
    socket.write(masked('421["echo","second"]'));
  };
  const talked = talk().catch(() => undefined);
  return { socket, closed, shows, text, talked, ending: () => ending };
}

export const recordsOf = (lab: Lab, kind: string) =>
  lab.tap.ring.all().filter((record) => record.kind === kind);

/** What the tap says that crossed the socket. */
export const crossed = (lab: Lab, direction: string): string =>
  Buffer.concat(
    lab.tap.ring
      .all()
      .flatMap((one) => (one.kind === 'chunk' && one.direction === direction ? [one.bytes] : [])),
  ).toString('latin1');

/** What `ask` gets last. */
export const ANSWER = '431["second"]';
