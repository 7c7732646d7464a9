import { expect, it } from 'vitest';
import { writePcapng } from '../../src/capture/pcapng.ts';
import type { TapRecord } from '../../src/capture/record.ts';
import { micros } from '../../src/lib/time.ts';
import { encodeUtf8 } from '../../src/lib/utf8.ts';
import { dissect } from './dissect.ts';

const stamp = (seq: number) => ({ seq, at: micros(seq * 1_000), connection: 1 });
const RECORDS: readonly TapRecord[] = [
  {
    ...stamp(1),
    kind: 'open',
    lane: '',
    client: { address: '127.0.0.1', port: 51_000 },
    server: { address: '127.0.0.1', port: 3001 },
  },
  {
    ...stamp(2),
    kind: 'chunk',
    direction: 'up',
    bytes: encodeUtf8('GET /a HTTP/1.1\r\nHost: b\r\n\r\n'),
  },
  {
    ...stamp(3),
    kind: 'chunk',
    direction: 'down',
    bytes: encodeUtf8('HTTP/1.1 204 No Content\r\n\r\n'),
  },
  { ...stamp(4), kind: 'close', by: 'client', how: 'fin' },
];

async function run(bytes: Uint8Array, ...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const status = await dissect(args, {
    out: (line) => out?.push(line),
    err: (line) => err?.push(line),
    readFile: (path) =>
      path === 'a.pcapng' ? Promise.resolve(bytes) : Promise.reject(new Error('no such file')),
  });
  return { status, out: out ?? [], err: err ?? [] };
}

const whole = writePcapng(RECORDS);

it('prints one line a frame', async () => {
  const { status, out, err } = await run(whole, 'a.pcapng');
  expect([status, err, out.length]).toEqual([0, [], 2]);
  expect(out[0]).toContain('1  0.002000  127.0.0.1:51000 > 127.0.0.1:3001  http  GET /a');
});

it('prints one JSON object a line', async () => {
  const { out } = await run(whole, 'a.pcapng', '--json');
  const first: unknown = JSON.parse(out[0] ?? '');
  expect(first).toMatchObject({ n: 1, t: 2_000, layers: [{ protocol: 'http' }] });
  expect(first).toMatchObject({ layers: [{ fields: { 'http.request.method': 'GET' } }] });
});

it('prints what could be read of a cut file, and one error with the offset', async () => {
  const { status, out, err } = await run(whole.subarray(0, -5), 'a.pcapng');
  expect([status, out.length, err.length]).toEqual([1, 2, 1]);
  expect(err[0]).toMatch(/^a\.pcapng: offset \d+: .*pcapng\/truncated/);
});

it('names the file, the argument or the option that is wrong', async () => {
  expect(await run(whole, 'b')).toMatchObject({ status: 1, err: [expect.stringContaining('b:')] });
  expect((await run(whole)).status).toBe(2);
  expect((await run(whole, 'a', 'b')).err[0]).toContain('b');
  expect((await run(whole, 'a', '--xml')).err[0]).toContain('--xml');
});
