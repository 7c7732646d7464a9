// The one place where bytes from a browser become typed requests. A hostile client may send
// anything, or no acknowledgement callback at all; neither may throw.

import type { Socket } from 'socket.io';
import { type AnswersOf, type Reply, refused } from '../src/contract/call.ts';

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is needed of a schema here. */
interface Checked {
  readonly request: {
    safeParse(
      raw: unknown,
    ):
      | { readonly success: true; readonly data: unknown }
      | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
  };
}

type Calls = Readonly<Record<string, Checked>>;

/** Registers every answer on the socket. A failed check is refused as `bad-request`; a bug in an
 * answer is reported to `onBug` and refused as `internal`. */
export function answerCalls<C extends Calls>(
  socket: Socket,
  calls: C,
  answers: AnswersOf<C>,
  onBug: (error: unknown) => void,
): void {
  for (const event of Object.keys(calls)) {
    const answer = answers[event] as unknown as (request: unknown) => Promise<Reply<unknown>>;
    socket.on(event, async (raw: unknown, reply: unknown) => {
      const outcome = await answerOne(calls[event] as Checked, answer, raw, onBug);
      if (typeof reply === 'function') reply(outcome);
    });
  }
}

async function answerOne(
  call: Checked,
  answer: (request: unknown) => Promise<Reply<unknown>>,
  raw: unknown,
  onBug: (error: unknown) => void,
): Promise<Reply<unknown>> {
  const checked = call.request.safeParse(raw);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return refused('bad-request', `${issue?.path.join('.') || 'request'}: ${issue?.message ?? ''}`);
  }
  try {
    return await answer(checked.data);
  } catch (error) {
    onBug(error);
    return refused(
      'internal',
      'The server failed on this request. Nothing was changed. Try again.',
    );
  }
}
