// Follows one lab's tap over the app's connection and keeps its capture up to date, across
// reconnections. Draws nothing.

import { createAnalyzer } from '../capture/analyzer.ts';
import type { Capture } from '../capture/capture.ts';
import type { TapRecords } from '../contract/labs.ts';
import { ask, getAppSocket } from './app-socket.ts';

export interface TapFeed {
  capture(): Capture;
  onChange(listener: () => void): () => void;
  stop(): void;
}

/** Bytes come as ArrayBuffers in a browser. */
const withBytes = (record: TapRecords['records'][number]) =>
  record.kind === 'chunk' ? { ...record, bytes: new Uint8Array(record.bytes) } : record;

export function followTap(lab: string, token: string): TapFeed {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  const listeners = new Set<() => void>();
  const socket = getAppSocket();
  let after = 0;
  let isScheduled = false;

  // Many records may come between two frames of the screen; the listeners hear once.
  function announce(): void {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => {
      isScheduled = false;
      for (const listener of listeners) listener();
    }, 16);
  }

  const onRecords = (part: TapRecords, taken: () => void): void => {
    if (part.lab !== lab) return;
    if (part.dropped > 0) analyzer.dropped(part.dropped, 0);
    for (const record of part.records) analyzer.push(withBytes(record));
    after = part.records.at(-1)?.seq ?? after;
    taken();
    announce();
  };
  const watch = (): void => void ask('lab:watch', { lab, token, after });

  socket.on('tap:records', onRecords);
  socket.on('connect', watch);
  if (socket.connected) watch();
  return {
    capture: () => analyzer.capture(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      socket.off('tap:records', onRecords);
      socket.off('connect', watch);
    },
  };
}
