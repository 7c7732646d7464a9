// Whether the program at the server has everything, once, and in order. Reads what the programs wrote
// down, and nothing else.

import type { MessageFate } from '../../capture/message-fates.ts';

const names = (some: readonly MessageFate[]): string => some.map(({ id }) => id).join(', ');

export function verdictOf(fates: readonly MessageFate[]): { isGood: boolean; sentence: string } {
  const missing = fates.filter(({ handledAt }) => handledAt.length === 0);
  const twice = fates.filter(({ handledAt }) => handledAt.length > 1);
  const firsts = fates.flatMap(({ handledAt: [first] }) => first ?? []);
  const isMixed = firsts.some((at, i) => i > 0 && at < (firsts[i - 1] ?? 0));
  const faults = [
    ...(missing.length > 0 ? [`${names(missing)} missing`] : []),
    ...(twice.length > 0 ? [`${names(twice)} handled more than once`] : []),
    ...(isMixed ? ['handled out of order'] : []),
  ];
  const again = fates.reduce((sum, { resentAt }) => sum + resentAt.length, 0);
  const cost = again === 0 ? '' : ` Sent again: ${again}.`;
  return faults.length === 0
    ? { isGood: true, sentence: `Everything is there, once and in order.${cost}` }
    : { isGood: false, sentence: `Not good enough: ${faults.join('; ')}.${cost}` };
}
