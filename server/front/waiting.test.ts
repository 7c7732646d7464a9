// Connections that belong to nobody yet are counted, of each address and of all.

import { expect, it } from 'vitest';
import { Waiting } from './waiting.ts';

it('refuses one too many of an address, and takes it from another', () => {
  const waiting = new Waiting({ waitingPerAddress: 2, waiting: 10 });
  const leave = waiting.enter('192.0.2.1');
  expect(waiting.enter('192.0.2.1')).toBeDefined();
  expect(waiting.enter('192.0.2.1')).toBeUndefined();
  expect(waiting.enter('192.0.2.2')).toBeDefined();
  leave?.();
  expect(waiting.enter('192.0.2.1')).toBeDefined();
  expect(waiting.enter('192.0.2.1')).toBeUndefined();
});

it('refuses one too many of all, and counts the end of each once', () => {
  const waiting = new Waiting({ waitingPerAddress: 10, waiting: 2 });
  const leave = waiting.enter('192.0.2.1');
  waiting.enter('192.0.2.2');
  expect(waiting.enter('192.0.2.3')).toBeUndefined();
  leave?.();
  leave?.();
  expect(waiting.enter('192.0.2.3')).toBeDefined();
  expect(waiting.enter('192.0.2.4')).toBeUndefined();
});
