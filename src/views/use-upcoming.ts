// A long list while it plays: the rows it is about to show are drawn a few in a turn, out of sight,
// and only when all are there does the list move on to them.

import { useEffect, useRef, useState } from 'react';
import { askTurn, leaveTurn } from './use-in-turn.ts';

/** So many rows can be drawn at once without a turn of their own. */
const FEW = 3;
/** Rows drawn ahead in one turn: a turn by itself costs more than several rows. */
const A_TURN = 6;

interface Upcoming {
  /** How many rows the list shows as passed. */
  readonly shown: number;
  /** Rows to be drawn already. */
  readonly rows: readonly number[];
}

/** `fits`: how many rows the list shows at once. At rest `shown` is `passed`. */
export function useUpcoming(passed: number, fits: number, isPlaying: boolean): Upcoming {
  const [state, setState] = useState<State>({ shown: passed, goal: undefined, ready: 0 });
  const { shown, goal, ready } = state;
  const isNear = goal === undefined && Math.abs(passed - shown) <= FEW;
  const isDirect = !isPlaying || isNear || passed < shown;
  if (isDirect && (shown !== passed || goal !== undefined)) {
    setState({ shown: passed, goal: undefined, ready: 0 });
  }
  const latest = useRef({ passed, fits });
  const step = useRef(() => setState((old) => advance(old, latest.current)));
  useEffect(() => {
    latest.current = { passed, fits };
    const mine = step.current;
    if (isDirect) return;
    if (ready >= 0) askTurn(mine);
    return () => leaveTurn(mine);
  }, [passed, fits, isDirect, ready]);
  if (isDirect) return { shown: passed, rows: [] };
  const first = Math.max(0, (goal ?? 0) - fits);
  return { shown, rows: Array.from({ length: ready }, (_, i) => first + i) };
}

interface State {
  readonly shown: number;
  /** What will be shown once its rows are ready. */
  readonly goal: number | undefined;
  readonly ready: number;
}

function advance(
  { shown, goal, ready }: State,
  { passed, fits }: { readonly passed: number; readonly fits: number },
): State {
  const to = goal ?? passed;
  const more = ready + A_TURN;
  if (goal !== undefined && ready >= Math.min(fits, to)) {
    return { shown: to, goal: undefined, ready: 0 };
  }
  return { shown, goal: to, ready: Math.min(more, fits, to) };
}
