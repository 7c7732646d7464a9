// Captures that are not one's own, live: recorded ones shipped with the app, and published ones.

import { createAnalyzer } from '../capture/analyzer.ts';
import type { Capture } from '../capture/capture.ts';
import { readPacketFile } from '../capture/foreign-file.ts';
import { analyzePackets } from '../capture/packet-analysis.ts';
import { packetCapture } from '../capture/packet-frame.ts';
import type { PacketRecord } from '../capture/packets.ts';
import { readPcapng } from '../capture/pcapng.ts';
import { readTransitFile } from '../capture/transit-file.ts';

/** Reads one of our exports. Throws a sentence where nothing could be read. */
function openExport(bytes: Uint8Array): Capture {
  const { records, problem } = readPcapng(bytes);
  if (records.length === 0) throw new Error(problem?.message ?? 'The file holds no packets.');
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

async function load(url: string): Promise<Capture> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error('This capture is not on the server. It may have been removed.');
  return openExport(new Uint8Array(await answer.arrayBuffer()));
}

/** A capture that somebody published, by its content's hash. */
export const loadPublished = (hash: string): Promise<Capture> => load(`/api/captures/${hash}`);

const shipped = new Map<string, Promise<Capture>>();

/** A capture shipped with the app; asked for once, early, since the server may go away later. */
export function loadShipped(name: string): Promise<Capture> {
  const known = shipped.get(name);
  if (known) return known;
  const loading = load(`/captures/${name}.pcapng`);
  shipped.set(name, loading);
  loading.catch(() => shipped.delete(name));
  return loading;
}

/**
 * A recording within a lesson, shipped with the app: one of tcpdump's, packet by packet, or, where the name ends
 * with `.pcapng`, a run that was exported here.
 */
export async function loadRecording(name: string): Promise<Capture> {
  const [run, extension] = name.split('.');
  if (run !== undefined && extension === 'pcapng') return loadShipped(run);
  const answer = await fetch(`/captures/${name}.pcap`);
  if (!answer.ok) throw new Error('This recording could not be loaded. Is the server running?');
  return packetsOf(new Uint8Array(await answer.arrayBuffer()));
}

function packetsOf(bytes: Uint8Array): Capture {
  const reading = analyzePackets(readPacketFile(bytes));
  for (;;) {
    const { done, value } = reading.next();
    if (done) return packetCapture(value);
  }
}

export interface KernelRecording {
  readonly records: readonly PacketRecord[];
  /** `Linux 6.18.1`. */
  readonly kernel: string;
  /** The day, `2026-11-23`. */
  readonly day: string;
  /** How late the latest packet was handed over, in µs: what the machine added to the link. */
  readonly latest: number;
}

const kernels = new Map<string, Promise<KernelRecording>>();

/** A run of a kernel, seen at both ends of its link and shipped with the app. Rejects with a sentence. */
export function loadKernelRun(name: string): Promise<KernelRecording> {
  const known = kernels.get(name);
  if (known) return known;
  const loading = fetchKernelRun(`/captures/${name}`);
  kernels.set(name, loading);
  loading.catch(() => kernels.delete(name));
  return loading;
}

interface Manifest {
  readonly recordedAt: string;
  readonly versions: { readonly linux: string };
  readonly latestPacketWasLateByMicros: number;
}

async function fetchKernelRun(path: string): Promise<KernelRecording> {
  const [file, about] = await Promise.all([fetch(`${path}.pcapng`), fetch(`${path}.json`)]).catch(
    () => [],
  );
  if (!file?.ok || !about?.ok) {
    throw new Error('The recording could not be loaded. Is the server running?');
  }
  const { recordedAt, versions, latestPacketWasLateByMicros }: Manifest = await about.json();
  return {
    records: readTransitFile(new Uint8Array(await file.arrayBuffer())),
    kernel: `Linux ${versions.linux.split(' ')[0]}`,
    day: recordedAt.slice(0, 10),
    latest: latestPacketWasLateByMicros,
  };
}
