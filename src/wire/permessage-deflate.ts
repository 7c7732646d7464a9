// Undoes the compression of WebSocket messages (RFC 7692 §7.2.2), one direction of one connection.
// Knows no frames.

import { Inflate } from 'fflate';
import { type Bytes, concat } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';

/** A small compressed message can swell a thousandfold; nobody needs to see more than this. */
const MAX_INFLATED = 1 << 22;
/** Nor is more than this made of one direction: a thousand such messages would fill the memory. */
const MAX_TOTAL = 1 << 25;
/** A message may point this far back, into those before it (RFC 1951 §2). */
const WINDOW = 1 << 15;
/** The input is fed in pieces so that a bomb is noticed before it has been blown up whole. */
const STEP = 1 << 12;
/** Each message was cut off before `00 00 ff ff` (§7.2.1). The empty last block proves that it ended there. */
const TAIL = Uint8Array.of(0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff);

export type Inflated =
  | { readonly bytes: Bytes }
  | { readonly failure: 'broken' | 'too-big' | 'lost-context' };

interface Options {
  /** A message may point into those before it (§7.1.1). */
  readonly keepsContext: boolean;
  /** What came before the first message here is not known. */
  readonly isLate: boolean;
}

export class MessageInflater {
  readonly #keepsContext: boolean;
  /** The last bytes of the messages so far, as far back as they are known. */
  #window: Bytes = new Uint8Array(0);
  #isLost: boolean;
  #total = 0;

  constructor({ keepsContext, isLate }: Options) {
    this.#keepsContext = keepsContext;
    this.#isLost = isLate && keepsContext;
  }

  /** A compressed message was not read, so what points into it cannot be read either. */
  lose(): void {
    this.#window = new Uint8Array(0);
    this.#isLost = this.#keepsContext;
  }

  /** `compressed` is the payload of a whole message. Total, and its output is bounded. */
  inflate(compressed: Bytes): Inflated {
    const limit = Math.min(MAX_INFLATED, MAX_TOTAL - this.#total);
    const { size, ...result } =
      limit > 0
        ? inflateWith(this.#window, concat(compressed, TAIL), limit)
        : { failure: 'too-big' as const, size: 0 };
    this.#total += size;
    if ('failure' in result) {
      const isLost = this.#isLost && result.failure === 'broken';
      this.lose();
      return isLost ? { failure: 'lost-context' } : result;
    }
    if (this.#keepsContext) this.#window = concat(this.#window, result.bytes).slice(-WINDOW);
    return result;
  }
}

/** `size` is what was made, also where it is refused. */
function inflateWith(
  dictionary: Bytes,
  body: Bytes,
  limit: number,
): Inflated & { readonly size: number } {
  const pieces: Bytes[] = [];
  let size = 0;
  try {
    const inflater = new Inflate({ dictionary });
    inflater.ondata = (piece) => {
      pieces.push(piece);
      size += piece.length;
    };
    for (let at = 0; at < body.length; at += STEP) {
      inflater.push(body.subarray(at, at + STEP), at + STEP >= body.length);
      if (size > limit) return { failure: 'too-big', size };
    }
  } catch {
    return { failure: 'broken', size };
  }
  return { bytes: join(pieces), size };
}
