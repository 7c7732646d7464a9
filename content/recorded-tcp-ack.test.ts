// The connection recorded with tcpdump: its manifest says where it is from, every byte of every packet
// is explained, and what the lesson says of it is what it shows.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Capture, Frame } from '../src/capture/capture.ts';
import { readPacketFile } from '../src/capture/foreign-file.ts';
import { analyzePackets } from '../src/capture/packet-analysis.ts';
import { SEGMENT } from '../src/capture/packet-fields.ts';
import { packetCapture } from '../src/capture/packet-frame.ts';
import { unexplained } from '../src/capture/unexplained.ts';
import { GRADERS } from '../src/lessons/graders.ts';

const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./captures/${name}`, import.meta.url)));

function captureOf(packets = Number.POSITIVE_INFINITY): Capture {
  const file = readPacketFile(bytesOf('tcp-ack.pcap'));
  expect(file.problem).toBeUndefined();
  const { value } = analyzePackets({ ...file, packets: file.packets.slice(0, packets) }).next();
  if (typeof value === 'number') throw new Error('a file so small is read in one go');
  return packetCapture(value);
}

const framesOf = ({ frames }: Capture): Frame[] =>
  Array.from({ length: frames.length }, (_, i) => frames[i] as Frame);

/** What the connection says of a segment covers all of it, and explains no byte. */
const ABOUT_ALL = new Set<unknown>(Object.values(SEGMENT));
const withoutSummaries = (frame: Frame): Frame => ({
  ...frame,
  layers: frame.layers.map((layer) => ({
    ...layer,
    fields: layer.fields.filter(({ spec }) => !ABOUT_ALL.has(spec)),
  })),
});

it('is one connection on the loopback interface, marked as recorded, with its manifest', () => {
  const capture = captureOf();
  const manifest = JSON.parse(Buffer.from(bytesOf('tcp-ack.json')).toString());
  expect(manifest).toMatchObject({ captures: ['tcp-ack'], script: 'scripts/record-tcp-ack.ts' });
  expect(Object.keys(manifest.versions)).toContain('linux');
  expect(capture.provenance).toBe('recorded');
  expect(capture.connections.map(({ client, server }) => [client.address, server.address])).toEqual(
    [['127.0.0.1', '127.0.0.1']],
  );
});

it('has no byte left unexplained, and nothing malformed', () => {
  for (const frame of framesOf(captureOf())) {
    expect(unexplained(withoutSummaries(frame)), `packet ${frame.id + 1}`).toEqual([]);
    expect(frame.layers.flatMap(({ problems }) => problems)).toEqual([]);
  }
});

it('shows TCP’s acknowledgement of an event that the program never answered', () => {
  const capture = captureOf();
  const grade = GRADERS['answered-by']?.(capture);
  expect(grade?.answer).toBe('kernel');
  const evidence = capture.frames[grade?.evidence?.frame ?? -1];
  expect(evidence?.direction).toBe('up');
  expect(evidence?.layers.at(-1)?.protocol).toBe('tcp');
  const said = framesOf(capture).flatMap(({ layers }) =>
    layers.filter(({ protocol }) => protocol === 'socketio').map(({ summary }) => summary),
  );
  expect(said.filter((one) => one.startsWith('event "news"')).length).toBeGreaterThanOrEqual(3);
  expect(said.filter((one) => one.startsWith('ack '))).toHaveLength(1);
});

it('answers otherwise where the recording ends earlier', () => {
  const answers = framesOf(captureOf()).map(
    (_, i) => GRADERS['answered-by']?.(captureOf(i + 1))?.answer,
  );
  expect(answers[0]).toBeUndefined();
  expect(new Set(answers)).toEqual(new Set([undefined, 'nothing', 'kernel', 'program']));
});
