// What the inspector has open: a file being read, what was read of it, or why nothing was. Draws nothing.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Capture } from '../../capture/capture.ts';
import { readPacketFile } from '../../capture/foreign-file.ts';
import { analyzePackets, type PacketAnalysis } from '../../capture/packet-analysis.ts';
import { MAX_FILE_BYTES } from '../../capture/packet-file.ts';
import { packetCapture } from '../../capture/packet-frame.ts';
import type { Problem } from '../../wire/layer.ts';
import { inSlices } from './slices.ts';

export interface Opened {
  readonly kind: 'opened';
  readonly name: string;
  readonly analysis: PacketAnalysis;
  /** Every packet as a frame. */
  readonly packets: Capture;
  readonly problem: Problem | undefined;
}

export type Inspected =
  | { readonly kind: 'empty' }
  | { readonly kind: 'opening'; readonly name: string; readonly done: number; readonly of: number }
  | Opened
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

export interface Inspector {
  readonly state: Inspected;
  openFile(file: File): void;
  openBytes(name: string, bytes: Uint8Array): void;
  /** One of the captures shipped with the app. */
  openSample(name: string): void;
  fail(name: string, message: string): void;
  /** Back to nothing open. */
  close(): void;
}

interface Source {
  readonly bytes: Uint8Array;
  /** How large it is, where not all of it was taken. */
  readonly size: number;
}

export function useInspector(): Inspector {
  const [state, setState] = useState<Inspected>({ kind: 'empty' });
  const current = useRef(new AbortController());
  useEffect(() => () => current.current.abort(), []);

  const open = useCallback((name: string, source: () => Promise<Source>) => {
    current.current.abort();
    const order = new AbortController();
    current.current = order;
    setState({ kind: 'opening', name, done: 0, of: 0 });
    const tell = (done: number, of: number) => setState({ kind: 'opening', name, done, of });
    source()
      .then((bytes) => read(bytes, tell, order.signal))
      .then((opened) => setState({ kind: 'opened', name, ...opened }))
      .catch((error: unknown) => {
        if (order.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        setState({ kind: 'failed', name, message });
      });
  }, []);

  const openFile = useCallback(
    (file: File) =>
      open(file.name, async () => {
        const part = file.slice(0, MAX_FILE_BYTES);
        return { bytes: new Uint8Array(await part.arrayBuffer()), size: file.size };
      }),
    [open],
  );
  const openBytes = useCallback(
    (name: string, bytes: Uint8Array) =>
      open(name, () => Promise.resolve({ bytes, size: bytes.length })),
    [open],
  );
  const openSample = useCallback(
    (name: string) => open(`${name}.pcapng`, () => loadSample(name)),
    [open],
  );
  const fail = useCallback((name: string, message: string) => {
    current.current.abort();
    setState({ kind: 'failed', name, message });
  }, []);
  const close = useCallback(() => {
    current.current.abort();
    setState({ kind: 'empty' });
  }, []);
  return { state, openFile, openBytes, openSample, fail, close };
}

async function loadSample(name: string): Promise<Source> {
  const answer = await fetch(`/captures/${name}.pcapng`);
  if (!answer.ok) throw new Error('This sample could not be loaded. Is the server still running?');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, size: bytes.length };
}

async function read(
  { bytes, size }: Source,
  tell: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<Omit<Opened, 'kind' | 'name'>> {
  const file = readPacketFile(bytes, size);
  const { packets, problem } = file;
  if (packets.length === 0) throw new Error(whyNothing(problem));
  const progress = (done: number) => tell(done, packets.length);
  const analysis = await inSlices(analyzePackets(file), progress, signal);
  return { analysis, packets: packetCapture(analysis), problem };
}

const whyNothing = (problem: Problem | undefined): string =>
  problem ? `${problem.message} (offset ${problem.range[0]})` : 'The file holds no packets.';
