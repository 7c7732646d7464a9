// What a run's ledgers come to in each direction. Loaded when a run is over: nobody needs it to read a
// lesson.

import type { Capture } from '../capture/capture.ts';
import { ledgersOf, SERVER } from '../capture/ledger.ts';
import { type LedgerTotals, totalsAt } from '../capture/ledger-totals.ts';

type Counts = Pick<LedgerTotals, 'delivered' | 'lost' | 'duplicated'>;

/** Over all strategies of the run if there are several. */
export function countOf(capture: Capture): Readonly<Record<'news' | 'reports', Counts>> {
  const ledgers = ledgersOf(capture);
  const sumOf = (isNews: boolean): Counts => {
    const sum = { delivered: 0, lost: 0, duplicated: 0 };
    for (const ledger of ledgers) {
      if ((ledger.from === SERVER) !== isNews) continue;
      const totals = totalsAt(ledger);
      sum.delivered += totals.delivered;
      sum.lost += totals.lost;
      sum.duplicated += totals.duplicated;
    }
    return sum;
  };
  return { news: sumOf(true), reports: sumOf(false) };
}
