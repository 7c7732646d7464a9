// Carries the notes of the page's own lab clients to the lab, a few at a time. Knows no demo.

import type { ClientNote, OpenedLab } from '../contract/labs.ts';
import { ask } from './app-socket.ts';

const EVERY_MS = 100;
const MOST = 500;

export class NoteWriter {
  readonly #opened: OpenedLab;
  #waiting: ClientNote[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(opened: OpenedLab) {
    this.#opened = opened;
  }

  add(note: ClientNote): void {
    this.#waiting.push(note);
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS);
  }

  /** Resolves when the lab has what was written so far. What it did not take is sent again later. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { lab, token } = this.#opened;
    while (this.#waiting.length > 0) {
      const notes = this.#waiting.slice(0, MOST);
      this.#waiting = this.#waiting.slice(MOST);
      const reply = await ask('lab:note', { lab, token, notes });
      if (reply.ok) continue;
      this.#waiting.unshift(...notes);
      return;
    }
  }
}
