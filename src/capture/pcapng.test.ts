import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { micros } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { readPcapng, writePcapng } from './pcapng.ts';
import type { TapRecord } from './record.ts';

const REQUEST =
  'GET /socket.io/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

function conversation(
  client: string,
  server: string,
  how: 'fin' | 'reset',
  id: number,
): TapRecord[] {
  const big = Uint8Array.from(
    { length: 70_004 },
    (_, i) => (i < 4 ? [0x82, 0x7e, 0xff, 0xff][i] : i) ?? 0,
  );
  const chunk = (direction: 'up' | 'down', bytes: Uint8Array) =>
    ({ kind: 'chunk', direction, bytes, connection: id, seq: 0, at: micros(0) }) as const;
  const records: TapRecord[] = [
    {
      kind: 'open',
      lane: 'web "socket"',
      client: { address: client, port: 51_000 + id },
      server: { address: server, port: 3001 },
      connection: id,
      seq: 0,
      at: micros(0),
    },
    chunk('up', encodeUtf8(REQUEST)),
    chunk('down', encodeUtf8(ANSWER)),
    chunk('down', Uint8Array.of(0x81, 2, 0x68, 0x69)),
    chunk('down', big.subarray(0, 65_539)),
    { kind: 'close', by: 'server', how, connection: id, seq: 0, at: micros(0) },
  ];
  return records;
}

const numbered = (records: readonly TapRecord[]): TapRecord[] =>
  records.map((record, i) => ({ ...record, seq: i + 1, at: micros(5_000_000_000 + i * 37) }));

const SAMPLE = numbered([
  ...conversation('127.0.0.1', '127.0.0.1', 'fin', 1),
  ...conversation('2001:db8::1', '::1', 'fin', 2),
  ...conversation('10.0.0.1', '10.0.0.2', 'reset', 3),
]);

const NOTE: TapRecord = {
  kind: 'note',
  lane: 'main',
  who: 'server',
  what: 'emitted',
  message: 's-1',
  wroteAt: micros(17),
  errorMicros: 0,
  seq: 0,
  at: micros(0),
};

it('reads back what it wrote', () => {
  expect(readPcapng(writePcapng(SAMPLE))).toEqual({ records: SAMPLE });
});

it('keeps what the programs at the ends wrote down, at its place', () => {
  const note = (what: 'emitted' | 'handled', detail?: string): TapRecord => ({
    ...NOTE,
    who: 'Bérénice “1”',
    what,
    errorMicros: 250,
    ...(detail === undefined ? {} : { detail }),
  });
  const [open, ...rest] = conversation('127.0.0.1', '127.0.0.1', 'fin', 1);
  const records = numbered([
    note('emitted', 'to:b'),
    open as TapRecord,
    note('handled'),
    ...rest,
    note('handled'),
  ]);
  expect(readPcapng(writePcapng(records))).toEqual({ records });
  expect(readPcapng(writePcapng(numbered([note('emitted')]))).records).toHaveLength(1);
});

it('says which note cannot be read', () => {
  const bytes = writePcapng(numbered([...SAMPLE.slice(0, 2), NOTE]));
  const at = bytes.lastIndexOf('{'.charCodeAt(0));
  bytes[at] = '!'.charCodeAt(0);
  const { records, problem } = readPcapng(bytes);
  expect(problem?.code).toBe('pcapng/bad-note');
  expect(records).toHaveLength(2);
});

it('writes a mapped address as IPv4', () => {
  const { records } = readPcapng(
    writePcapng(numbered(conversation('::ffff:10.0.0.9', '::ffff:10.0.0.1', 'fin', 7))),
  );
  expect(records[0]).toMatchObject({ client: { address: '10.0.0.9' }, lane: 'web "socket"' });
});

it('keeps chunks whose connection it never saw open', () => {
  const middle = numbered(SAMPLE.slice(1, 6));
  expect(readPcapng(writePcapng(middle))).toEqual({ records: middle });
});

it('gives what can be read of a cut file, and says where it was cut', () => {
  const whole = writePcapng(SAMPLE);
  const { records, problem } = readPcapng(whole.subarray(0, whole.length - 7));
  expect(records).toEqual(SAMPLE.slice(0, -1));
  expect(problem?.code).toBe('pcapng/truncated');
  expect(readPcapng(Uint8Array.of(1, 2, 3)).problem?.code).toBe('pcapng/not-pcapng');
});

it('survives any change to any byte, and any bytes', () => {
  const small = writePcapng(numbered(SAMPLE.slice(0, 4)));
  fc.assert(
    fc.property(fc.nat(small.length - 1), fc.nat(255), fc.nat(small.length), (at, byte, end) => {
      const bytes = small.slice(0, end);
      if (at < end) bytes[at] = byte;
      const { problem } = readPcapng(bytes);
      expect(problem?.range[1] ?? 0).toBeLessThanOrEqual(end);
      readPcapng(bytes.subarray(at));
    }),
  );
});

const TSHARK = '/usr/bin/tshark';

function tshark(...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirelight-'));
  try {
    const file = join(folder, 'a.pcapng');
    writeFileSync(file, writePcapng(numbered([NOTE, ...SAMPLE, NOTE])));
    const checks = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE'].flatMap((o) => ['-o', o]);
    const ports = ['-d', 'tcp.port==3001,http'];
    const run = spawnSync(TSHARK, ['-r', file, ...checks, ...ports, ...args], { encoding: 'utf8' });
    expect(run.status).toBe(0);
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('opens in tshark without a complaint, where tshark is installed', () => {
  const why = existsSync(TSHARK) ? undefined : 'not run: tshark is not installed';
  if (why) {
    expect(why).toContain('not run');
    return;
  }
  const bad =
    '_ws.malformed || tcp.analysis.flags || tcp.checksum.status==0 || ip.checksum.status==0';
  expect(tshark('-Y', bad)).toBe('');
  expect(tshark('-Y', 'http.response.code==101').trim().split('\n')).toHaveLength(3);
  expect(tshark('-Y', 'websocket').trim().split('\n').length).toBeGreaterThanOrEqual(6);
  expect(tshark('-q', '-z', 'follow,tcp,raw,0')).toContain('81026869');
  expect(tshark('-T', 'fields', '-e', 'frame.comment').trim().split('\n')[0]).toContain(
    'connection=1',
  );
});

it('keeps what the link did, and an end that was half of one', () => {
  const [open, request, ...rest] = conversation('127.0.0.1', '127.0.0.1', 'fin', 1);
  const stamp = { connection: 1, seq: 0, at: micros(0) };
  const records = numbered([
    { kind: 'fault', what: 'set', detail: 'a;1;stall,both,0..', seq: 0, at: micros(0) },
    ...(open && request ? [open, request] : []),
    { kind: 'passed', ...stamp, direction: 'up', from: 0, offset: REQUEST.length },
    ...rest.slice(0, 2),
    { kind: 'close', ...stamp, by: 'client', how: 'fin', half: true },
    { kind: 'lost', ...stamp, direction: 'up', from: 3, length: 7 },
    ...rest.slice(2, 3),
    { kind: 'fault', what: 'cut', connection: 1, entry: 0, fault: 'close', seq: 0, at: micros(0) },
    { kind: 'lost', ...stamp, direction: 'down', from: 9, length: 2, bytes: Uint8Array.of(0, 255) },
    { kind: 'close', ...stamp, by: 'server', how: 'fin' },
  ]);
  expect(readPcapng(writePcapng(records))).toEqual({ records });
});

it('refuses a block of the link that cannot be read', () => {
  const lost: TapRecord = {
    kind: 'lost',
    connection: 1,
    direction: 'down',
    from: 0,
    length: 2,
    bytes: Uint8Array.of(1, 2),
    seq: 1,
    at: micros(0),
  };
  const written = Buffer.from(writePcapng([lost])).toString('latin1');
  expect(written).toContain('"length":2');
  for (const [is, was] of [
    ['"length":3', '"length":2'],
    ['"dirextion"', '"direction"'],
  ] as const) {
    const broken = Uint8Array.from(Buffer.from(written.replace(was, is), 'latin1'));
    expect(readPcapng(broken).problem?.code).toBe('pcapng/bad-note');
  }
});
