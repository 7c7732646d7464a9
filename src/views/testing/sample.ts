// A small capture made of hand-written records: an upgrade's probe, an event and its ack. For tests
// and the harness only.

import { createAnalyzer } from '../../capture/analyzer.ts';
import type { Capture } from '../../capture/capture.ts';
import type { Direction, TapRecord } from '../../capture/record.ts';
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
