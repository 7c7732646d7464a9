// Which row of a long list each of its elements shows, so that elements are kept and not made anew
// while the list runs on. Pure.

/**
 * The slots with every wanted row in one of them: a row keeps its slot, a new one takes that of a row
 * no longer wanted. What is left over stays where it is if `keepsIdle`, or goes.
 */
export function assignSlots(
  slots: readonly (number | undefined)[],
  wanted: readonly number[],
  keepsIdle: boolean,
): readonly (number | undefined)[] {
  const missing = new Set(wanted);
  for (const row of slots) if (row !== undefined) missing.delete(row);
  const isWanted = new Set(wanted);
  const waiting = [...missing];
  const next = slots.map((row) => {
    if (row !== undefined && isWanted.has(row)) return row;
    const taken = waiting.shift();
    return taken ?? (keepsIdle ? row : undefined);
  });
  return [...next, ...waiting];
}
