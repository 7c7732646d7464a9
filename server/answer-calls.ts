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

const MAX_MESSAGE = 200;

type Calls = Readonly<Record<string, Checked>>;

/** Registers every answer on the socket. A failed check is refused as `bad-request`, a version
 * that is not ours as `other-version`; a bug in an answer is reported to `onBug` and refused as `internal`. */
export function answerCalls<C extends Calls>(
  socket: Socket,
  calls: C,
  answers: AnswersOf<C>,
  onBug: (error: unknown) => void,
): void {
  for (const event of Object.keys(calls)) {
    const answer = answers[event] as unknown as (request: unknown) => Promise<Reply<unknown>>;
    socket.on(event, async (...sent: unknown[]) => {
      const reply = sent.at(-1);
      const raw = typeof sent[0] === 'function' ? undefined : sent[0];
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
    return badRequest(checked.error.issues[0]);
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

/** Names the field. What was sent may stand in the issue, so it is cut. */
function badRequest(issue: Issue | undefined): Reply<never> {
  if (issue?.path[0] === 'version') {
    return refused(
      'other-version',
      'This page and the server are of different versions. Reload the page.',
    );
  }
  const where = issue?.path.join('.') || 'request';
  return refused('bad-request', `${where}: ${issue?.message ?? ''}`.slice(0, MAX_MESSAGE));
}
