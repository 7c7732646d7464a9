// A small capture made of hand-written records: an upgrade's probe, an event and its ack. For tests
// and the harness only.

import { createAnalyzer } from '../../capture/analyzer.ts';
import type { Capture } from '../../capture/capture.ts';
import type { Chunk, Direction, Opened, TapRecord } from '../../capture/record.ts';
import { type Bytes, concat } from '../../lib/bytes.ts';
import { micros } from '../../lib/time.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { buildWebSocketFrame } from '../../wire/websocket.ts';

const KEY = Uint8Array.of(0x1f, 0x43, 0xf2, 0x05);

function text(payload: string, isMasked: boolean): Bytes {
  const frame = {
    fin: true,
    rsv: 0,
    opcode: 1,
    lengthBits: 7,
    payload: encodeUtf8(payload),
  } as const;
  return buildWebSocketFrame(isMasked ? { ...frame, maskingKey: KEY } : frame);
}

const UPGRADE =
  'GET /lab/x/main/socket.io/?EIO=4&transport=websocket&sid=a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const SWITCHING =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

/** `extra` more events follow, one every 100 µs. */
export function sampleCapture(extra = 0): Capture {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  let seq = 0;
  const stamp = (at: number) => ({ seq: ++seq, at: micros(at), connection: 1 });
  const end = (port: number) => ({ address: '192.168.1.10', port });
  const push = (record: TapRecord): void => analyzer.push(record);
  const chunk = (at: number, direction: Direction, bytes: Bytes): void =>
    push({ kind: 'chunk', ...stamp(at), direction, bytes });
  push({ kind: 'open', ...stamp(500), lane: 'main', client: end(53412), server: end(3001) });
  chunk(1_000, 'up', encodeUtf8(UPGRADE));
  chunk(3_000, 'down', encodeUtf8(SWITCHING));
  chunk(4_000, 'up', text('2probe', true));
  chunk(4_400, 'down', text('3probe', false));
  chunk(5_000, 'up', concat(text('5', true), text('420["hello","you"]', true)));
  chunk(6_000, 'down', text('430["hi"]', false));
  for (let i = 0; i < extra; i++) chunk(10_000 + i * 100, 'down', text(`42["tick",${i}]`, false));
  return analyzer.capture();
}

const LANES = [1, 2, 3, 4, 5, 6] as const;

/**
 * `count` frames on six WebSocket connections, events and their acks, two of them at every instant:
 * the lens shows so many at once that about 50 capsules are on the stage.
 */
export function busyCapture(count: number): Capture {
  const analyzer = createAnalyzer({ provenance: 'observed' });
  let seq = 0;
  const push = (record: Unstamped): void => analyzer.push({ seq: ++seq, ...record } as TapRecord);
  const end = (port: number) => ({ address: '192.168.1.10', port });
  for (const connection of LANES) {
    const at = micros(connection * 500);
    const port = 53_411 + connection;
    push({ kind: 'open', connection, at, lane: 'main', client: end(port), server: end(3001) });
    push({ kind: 'chunk', connection, at, direction: 'up', bytes: encodeUtf8(UPGRADE) });
    push({ kind: 'chunk', connection, at, direction: 'down', bytes: encodeUtf8(SWITCHING) });
  }
  for (let i = 0; i < count - 2 * LANES.length; i++) {
    const connection = LANES[i % LANES.length] ?? 1;
    const isUp = (Math.floor(i / LANES.length) + connection) % 2 === 0;
    const at = micros(10_000 + Math.floor(i / 2) * 100);
    const direction = isUp ? 'up' : 'down';
    const answered = i - LANES.length;
    const bytes = text(isUp || answered < 0 ? `42${i}["say",${i}]` : `43${answered}["ok"]`, isUp);
    push({ kind: 'chunk', connection, at, direction, bytes });
  }
  return analyzer.capture();
}

type Unstamped = Omit<Opened, 'seq'> | Omit<Chunk, 'seq'>;
