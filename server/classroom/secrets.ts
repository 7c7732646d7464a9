// Codes, keys and their hashes. The only maker of secrets for a class.

import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET } from '../../src/contract/class.ts';

const CODE_LENGTH = 4;

export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join(
    '',
  );

/** 256 bits, in hex. */
export const newSecret = (): string => randomBytes(32).toString('hex');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares in constant time; a hash that is not there matches nothing. */
export function matches(secret: string, hash: string | undefined): boolean {
  return hash !== undefined && timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash));
}
