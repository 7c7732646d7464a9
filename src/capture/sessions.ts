// What has to be remembered of an Engine.IO session over all its connections and both transports.
// Reads no bytes.

import type { Direction } from './record.ts';

/** A Socket.IO packet that still waits for binary messages. */
export interface AwaitedAttachments {
  readonly total: number;
  readonly left: number;
}

export class Session {
  readonly key: string;
  /** Namespaces whose connect reply promised recovery: their events carry an offset. */
  readonly recoverable = new Set<string>();
  readonly attachments = new Map<Direction, AwaitedAttachments>();

  constructor(key: string) {
    this.key = key;
  }
}

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  /** `key` is the session id, or the connection's while no id is known. */
  get(key: string): Session {
    const known = this.#sessions.get(key);
    if (known) return known;
    const session = new Session(key);
    this.#sessions.set(key, session);
    return session;
  }
}
