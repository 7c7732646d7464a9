// How it stands with the connection to the class, in words.

import type { SessionState } from './session.ts';

export function linkWords({ code, link, awaySince, room }: SessionState): string {
  switch (link) {
    case 'connecting':
      return `Connecting to class ${code}…`;
    case 'connected':
      return 'Connected';
    case 'catching-up':
      return `Catching up with class ${code}…`;
    case 'away':
      return `${room.refusal ?? 'The server does not answer.'} Away ${since(awaySince)}. What you see is kept, and this page tries again by itself.`;
    case 'refused':
      return `This page is not in class ${code}.`;
  }
}

const since = (at: number | undefined): string =>
  at === undefined ? 'for a moment' : `since ${clock(at)}`;

/** The reader's own time of day. */
const clock = (at: number): string =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
