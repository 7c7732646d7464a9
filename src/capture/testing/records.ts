// Makes the records of one or more connections from what was said on them. For tests only.

import type { Bytes } from '../../lib/bytes.ts';
import { micros } from '../../lib/time.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { createAnalyzer } from '../analyzer.ts';
import type { Capture } from '../capture.ts';
import type { Direction, TapRecord } from '../record.ts';

export interface Said {
  readonly direction: Direction;
  readonly bytes: Bytes;
}

export const up = (said: string | Bytes): Said => ({ direction: 'up', bytes: asBytes(said) });
export const down = (said: string | Bytes): Said => ({ direction: 'down', bytes: asBytes(said) });

const asBytes = (said: string | Bytes): Bytes =>
  typeof said === 'string' ? encodeUtf8(said) : said;

const LOOPBACK = '127.0.0.1';

/** One connection, opened and closed; a millisecond passes between records. */
export function recordsOf(said: readonly Said[], isClosed = true): TapRecord[] {
  const records: TapRecord[] = [];
  const stamp = () => ({
    seq: records.length + 1,
    at: micros(records.length * 1000),
    connection: 1,
  });
  const client = { address: LOOPBACK, port: 50_000 };
  const server = { address: LOOPBACK, port: 3001 };
  records.push({ ...stamp(), kind: 'open', lane: 'main', client, server });
  for (const { direction, bytes } of said) {
    records.push({ ...stamp(), kind: 'chunk', direction, bytes });
  }
  if (isClosed) records.push({ ...stamp(), kind: 'close', by: 'client', how: 'fin' });
  return records;
}

export function captureOf(records: readonly TapRecord[]): Capture {
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  return analyzer.capture();
}

export const POLL =
  'GET /lab/a/main/socket.io/?EIO=4&transport=polling&sid=S HTTP/1.1\r\nHost: x\r\n\r\n';

export const UPGRADE = [
  up(
    'GET /lab/a/main/socket.io/?EIO=4&transport=websocket&sid=S HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ),
  down('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
] as const;
