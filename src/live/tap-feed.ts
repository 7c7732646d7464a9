// Follows one lab's tap over the app's connection and keeps its capture up to date, across
// reconnections. Draws nothing.

import { createAnalyzer } from '../capture/analyzer.ts';
import type { Capture } from '../capture/capture.ts';
import type { TapRecords } from '../contract/labs.ts';
import { unpackRecords } from '../contract/tap-part.ts';
import { ask, getAppSocket } from './app-socket.ts';

export interface TapFeed {
  capture(): Capture;
  onChange(listener: () => void): () => void;
  /** Hears why the server refuses to show the tap, as a sentence for the learner. */
  onRefused(listener: (sentence: string) => void): () => void;
  stop(): void;
}

export function followTap(lab: string, token: string): TapFeed {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  const listeners = new Set<() => void>();
  const socket = getAppSocket();
  const refusals = new Set<(sentence: string) => void>();
  let after = { seq: 0, bytes: 0 };
  let asked = 0;
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
    const { dropped } = part;
    const records = unpackRecords(part);
    if (dropped.records > 0) analyzer.dropped(dropped.records, dropped.bytes);
    let bytes = after.bytes + dropped.bytes;
    for (const record of records) {
      analyzer.push(record);
      if (record.kind === 'chunk') bytes += record.bytes.length;
    }
    after = { seq: records.at(-1)?.seq ?? after.seq, bytes };
    taken();
    announce();
  };
  async function watch(): Promise<void> {
    const turn = ++asked;
    const reply = await ask('lab:watch', { lab, token, after });
    // Asked again since, or about to be: every new connection asks.
    if (reply.ok || turn !== asked || !socket.connected) return;
    for (const listener of refusals) listener(reply.message);
  }

  socket.on('tap:records', onRecords);
  socket.on('connect', watch);
  if (socket.connected) void watch();
  return {
    capture: () => analyzer.capture(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRefused(listener) {
      refusals.add(listener);
      return () => refusals.delete(listener);
    },
    stop() {
      asked++;
      socket.off('tap:records', onRecords);
      socket.off('connect', watch);
    },
  };
}
