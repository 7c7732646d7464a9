// One table of calls gives the run-time checks, the Socket.IO event types of both ends, and the
// exhaustive list of functions that the server must supply.

import type { ZodMiniType } from 'zod/mini';

/** Every acknowledgement has this shape. `code` is stable: clients switch on it. */
export type Reply<T, Code extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: Code; readonly message: string };

/** A request the browser makes: how to check it, and (in the type only) what comes back. */
export interface Call<Req, Res> {
  readonly request: ZodMiniType<Req>;
  readonly reply?: Res;
}

export const call =
  <Res>() =>
  <Req>(request: ZodMiniType<Req>): Call<Req, Res> => ({ request });

/** The Socket.IO event map that a table of calls stands for. */
export type EventsOf<Calls> = {
  [E in keyof Calls]: Calls[E] extends Call<infer Req, infer Res>
    ? (request: Req, reply: (answer: Reply<Res>) => void) => void
    : never;
};

/** The functions a server must supply. A missing or misspelt one does not compile. */
export type AnswersOf<Calls> = {
  [E in keyof Calls]: Calls[E] extends Call<infer Req, infer Res>
    ? (request: Req) => Reply<Res> | Promise<Reply<Res>>
    : never;
};

export const done = <T>(value: T): Reply<T, never> => ({ ok: true, value });

export const refused = <Code extends string>(code: Code, message: string): Reply<never, Code> => ({
  ok: false,
  code,
  message,
});
