// The packets that a filter lets through, found in slices. Draws nothing.

import { useCallback, useEffect, useRef, useState } from 'react';
import { compileFilter, type PacketFilter } from '../../capture/filter.ts';
import type { PacketAnalysis } from '../../capture/packet-analysis.ts';
import { inSlices } from './slices.ts';

export interface Filtered {
  /** Ascending; absent where nothing is filtered. */
  readonly shown: Uint32Array | undefined;
  /** How far it is, while it looks. */
  readonly done: number | undefined;
  apply(text: string): void;
}

const STEP = 50;

export function usePacketFilter(analysis: PacketAnalysis): Filtered {
  const [shown, setShown] = useState<Uint32Array>();
  const [done, setDone] = useState<number>();
  const current = useRef(new AbortController());
  useEffect(() => () => current.current.abort(), []);
  const apply = useCallback(
    (text: string) => {
      current.current.abort();
      const order = new AbortController();
      current.current = order;
      setDone(undefined);
      const filter = compileFilter(text);
      if (filter.kind === 'error') return;
      if (text.trim() === '') {
        setShown(undefined);
        return;
      }
      inSlices(matching(analysis, filter), setDone, order.signal)
        .then((found) => {
          setShown(found);
          setDone(undefined);
        })
        .catch((error: unknown) => {
          if (!order.signal.aborted) throw error;
        });
    },
    [analysis],
  );
  return { shown, done, apply };
}

function* matching(analysis: PacketAnalysis, filter: PacketFilter): Generator<number, Uint32Array> {
  const count = analysis.file.packets.length;
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    if (filter.matches(analysis, i)) found.push(i);
    if (i % STEP === STEP - 1) yield i + 1;
  }
  return Uint32Array.from(found);
}
