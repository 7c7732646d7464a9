// Captures that are not one's own, live: recorded ones shipped with the app, and published ones.

import { createAnalyzer } from '../capture/analyzer.ts';
import type { Capture } from '../capture/capture.ts';
import { readPacketFile } from '../capture/foreign-file.ts';
import { analyzePackets } from '../capture/packet-analysis.ts';
import { packetCapture } from '../capture/packet-frame.ts';
import { readPcapng } from '../capture/pcapng.ts';

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

/** A connection that tcpdump recorded, shipped with the app, packet by packet; a small file. */
export async function loadRecording(name: string): Promise<Capture> {
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
