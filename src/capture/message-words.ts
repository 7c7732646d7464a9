// What a message says in a line, from its layers. Knows no packets.

import type { Layer } from '../wire/layer.ts';

/** HTTP is named before what its body says; a WebSocket frame adds nothing to its message. */
export function wordsOf([outer, ...inner]: readonly Layer[]): string {
  if (!outer || inner.length === 0) return outer?.summary ?? '';
  const carriers = new Set(inner.map(({ parent }) => parent));
  const ends = inner.filter((_, i) => !carriers.has(i + 1)).map(({ summary }) => summary);
  return outer.protocol === 'http' ? `${outer.summary}: ${ends.join(', ')}` : ends.join(', ');
}

const MAX_MESSAGES = 5;

/** The words of all messages that ended in one packet. */
export function joinedWords(each: readonly string[]): string {
  if (each.length === 1) return each[0] ?? '';
  const texts = each.slice(0, MAX_MESSAGES);
  const rest = each.length - texts.length;
  if (rest > 0) texts.push(`and ${rest} more`);
  return texts.join(' | ');
}
