// Who is here, by the connections there are, in this process. A learner may have several.

export class Presence {
  readonly #sockets = new Map<string, Map<string, string>>();

  enter(code: string, socket: string, learner: string): void {
    const here = this.#sockets.get(code) ?? new Map<string, string>();
    this.#sockets.set(code, here.set(socket, learner));
  }

  leave(code: string, socket: string): void {
    const here = this.#sockets.get(code);
    here?.delete(socket);
    if (here?.size === 0) this.#sockets.delete(code);
  }

  /** Which learner has which connection. */
  sockets(code: string): ReadonlyMap<string, string> {
    return this.#sockets.get(code) ?? new Map();
  }

  learners(code: string): string[] {
    return [...new Set(this.#sockets.get(code)?.values() ?? [])];
  }
}
