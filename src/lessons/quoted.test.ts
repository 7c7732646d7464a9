// Quotation marks within a quotation become single ones.

import { expect, it } from 'vitest';
import { quoted } from './quoted.ts';

it.each([
  ['after the ping', '“after the ping”'],
  ['The response “101 Switching Protocols”', '“The response ‘101 Switching Protocols’”'],
])('%s', (words, expected) => {
  expect([quoted(words)].flat(2).join('')).toBe(expected);
});
