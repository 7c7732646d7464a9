import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../capture/analyzer.ts';
import { derivedPackets } from '../capture/derived-packets.ts';
import { LINK } from '../capture/link-types.ts';
import { packetLayers } from '../capture/packet-layers.ts';
import { readPcapng } from '../capture/pcapng.ts';
import { hex } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { fieldValue } from '../wire/layer.ts';
import { journeyWords } from './layer-journey.ts';
import { rulersOf } from './layer-rulers.ts';

function captureOf(name: string) {
  const file = new URL(`../../content/captures/${name}.pcapng`, import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of readPcapng(new Uint8Array(readFileSync(file))).records) {
    analyzer.push(record);
  }
  return analyzer.capture();
}

function messageOf(name: string) {
  const capture = captureOf(name);
  const frame = capture.frames.find(({ layers }) =>
    layers.some((layer) => fieldValue(layer, 'socketio.event') === 'say'),
  );
  if (!frame) throw new Error('the recording has no message');
  return { capture, frame };
}

describe.each(['layers-websocket', 'layers-http', 'layers-long'])('%s', (name) => {
  const capture = captureOf(name);

  it('has every byte of every packet in one block, in the order of the wire', () => {
    for (const frame of capture.frames) {
      for (const [packet, { bytes }] of derivedPackets(capture, frame).entries()) {
        const rulers = rulersOf(capture, frame, packet);
        expect(hex(join(rulers?.blocks.map((block) => block.bytes) ?? []))).toBe(hex(bytes));
      }
    }
  });

  it('derives headers that are right: checksums, and numbers that count the bytes before', () => {
    const next = new Map<string, number>();
    for (const frame of capture.frames) {
      for (const { bytes, payloadAt } of derivedPackets(capture, frame)) {
        const layers = packetLayers(LINK.raw, bytes);
        expect(layers.flatMap(({ problems }) => problems)).toEqual([]);
        const tcp = layers[1];
        const seq = Number(tcp && fieldValue(tcp, 'tcp.seq_raw'));
        const key = `${frame.connection} ${frame.direction}`;
        expect(seq).toBe(next.get(key) ?? seq);
        next.set(key, seq + bytes.length - payloadAt);
      }
    }
    expect(next.size).toBeGreaterThan(1);
  });
});

describe('a message by WebSocket', () => {
  const { capture, frame } = messageOf('layers-websocket');
  const rulers = rulersOf(capture, frame, 0);

  it('lies inside five layers, innermost first', () => {
    expect(rulers?.levels.map(({ name }) => name)).toEqual([
      'text',
      'socketio',
      'engineio',
      'websocket',
      'tcp',
      'ip',
      'link',
    ]);
  });

  it('is masked on the wire, and says what was typed once unmasked', () => {
    const text = rulers?.blocks.find(({ name }) => name === 'text');
    expect(decodeUtf8(text?.plain ?? new Uint8Array(0)).text).toBe('Hello down there');
    expect(hex(text?.bytes ?? new Uint8Array(0))).not.toBe(hex(text?.plain ?? new Uint8Array(0)));
  });

  it('marks as derived what lies below the tap, and nothing else', () => {
    expect(rulers?.blocks.filter(({ isDerived }) => isDerived).map(({ name }) => name)).toEqual([
      'ip',
      'tcp',
    ]);
  });

  it('is told on its way down and up with the bytes that each layer adds', () => {
    if (!rulers) throw new Error('no rulers');
    const bottom = rulers.levels.length - 1;
    expect(journeyWords(rulers, -bottom)).toBe('Sender: the program hands over 16 bytes.');
    expect(journeyWords(rulers, 2 - bottom)).toBe(
      'Sender, going down: Engine.IO adds 1 byte of its own. Now there are 29.',
    );
    expect(journeyWords(rulers, 0)).toContain(`one packet with ${rulers.packetLength} bytes`);
    expect(journeyWords(rulers, bottom)).toContain('given 16 bytes, the same as at the start');
  });
});

it('a long message is cut, and each packet has the next part of the text', () => {
  const { capture, frame } = messageOf('layers-long');
  const packets = [0, 1, 2].map((packet) => rulersOf(capture, frame, packet));
  expect(packets.map((one) => one?.packets)).toEqual([3, 3, 3]);
  expect(packets[1]?.blocks.map(({ name }) => name)).toEqual(['ip', 'tcp', 'text']);
  const texts = packets.flatMap((one) => one?.blocks.filter(({ name }) => name === 'text') ?? []);
  expect(texts.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(4000);
});
