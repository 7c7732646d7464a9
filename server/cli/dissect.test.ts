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
    out: (lines) => out?.push(...lines.split('\n')),
    err: (line) => err?.push(line),
    readFile: (path) =>
      path === 'a.pcapng' ? Promise.resolve(bytes) : Promise.reject(new Error('no such file')),
  });
  return { status, out: out ?? [], err: err ?? [] };
}

const whole = writePcapng(RECORDS);

it('prints one line a packet', async () => {
  const { status, out, err } = await run(whole, 'a.pcapng');
  expect([status, err, out.length]).toEqual([0, [], 11]);
  expect(out[0]).toBe('1  0.000000  127.0.0.1:51000 > 127.0.0.1:3001  tcp  SYN seq 0');
  expect(out[3]).toBe('4  0.001000  127.0.0.1:51000 > 127.0.0.1:3001  http  GET /a');
  expect(out[5]).toContain('127.0.0.1:3001 > 127.0.0.1:51000  http  204 No Content');
});

it('prints one JSON object a line, with every layer and field', async () => {
  const { out } = await run(whole, 'a.pcapng', '--json');
  const fourth: unknown = JSON.parse(out[3] ?? '');
  expect(fourth).toMatchObject({ n: 4, t: 1_000, connection: 1, direction: 'up' });
  expect(fourth).toMatchObject({
    layers: [
      { protocol: 'ip', range: [0, 68], fields: { 'ip.src': '127.0.0.1' } },
      { protocol: 'tcp', range: [20, 68], fields: { 'tcp.seq': 1, 'tcp.flags.syn': false } },
      { protocol: 'http', range: [40, 68], fields: { 'http.request.method': 'GET' } },
    ],
  });
});

it('prints only the packets that a filter lets through, with their own numbers', async () => {
  const { status, out } = await run(whole, 'a.pcapng', '--filter', 'http.response.code == 204');
  expect([status, out.length, out[0]?.slice(0, 3)]).toEqual([0, 1, '6  ']);
});

it('shows where a filter is wrong', async () => {
  const { status, err } = await run(whole, 'a.pcapng', '--filter=ip and tcp.prt == 1');
  expect(status).toBe(2);
  expect(err.slice(0, 3)).toEqual([
    '--filter: column 8: “tcp.prt” is not known here. Did you mean “tcp.port”?',
    '  ip and tcp.prt == 1',
    '         ^',
  ]);
});

it('prints what could be read of a cut file, and one error with the offset', async () => {
  const { status, out, err } = await run(whole.subarray(0, -5), 'a.pcapng');
  expect([status, out.length, err.length]).toEqual([1, 10, 1]);
  expect(err[0]).toMatch(/^a\.pcapng: offset \d+: .*pcapng\/truncated/);
});

it('names the file, the argument or the option that is wrong', async () => {
  expect(await run(whole, 'b')).toMatchObject({ status: 1, err: [expect.stringContaining('b:')] });
  expect((await run(whole)).status).toBe(2);
  expect((await run(whole, 'a', 'b')).err[0]).toContain('b');
  expect((await run(whole, 'a', '--xml')).err[0]).toContain('--xml');
  expect((await run(whole, 'a', '--filter')).err[0]).toContain('needs an expression');
});
