import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPcapngFile } from '../../src/capture/pcapng-read.ts';
import { encodeUtf8 } from '../../src/lib/utf8.ts';
import { simulate } from './simulate.ts';

const SCENARIO = {
  seed: 7,
  link: {
    rate: 10_000_000,
    delayMs: 20,
    up: { faults: [{ name: 'drop-exactly', params: { which: [5] } }] },
  },
  flows: [{ client: { writes: [{ bytes: 20_000 }, { atMs: 500, text: 'and this' }] } }],
};

async function run(scenario: unknown, ...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const files = new Map<string, Uint8Array>();
  const status = await simulate(args, {
    out: (line) => out?.push(...line.split('\n')),
    err: (line) => err?.push(line),
    readFile: (path) =>
      path === 's.json'
        ? Promise.resolve(
            encodeUtf8(typeof scenario === 'string' ? scenario : JSON.stringify(scenario)),
          )
        : Promise.reject(new Error('no such file')),
    writeFile: (path, bytes) => Promise.resolve(void files.set(path, bytes)),
  });
  return { status, out: out ?? [], err: err ?? [], files };
}

it('prints one line a packet, with its fate and its reason', async () => {
  const { status, out, err } = await run(SCENARIO, 's.json');
  expect([status, err]).toEqual([0, []]);
  expect(out[0]).toBe(
    '1  0.000000  0.020048  client > server  tcp  SYN 50000 to 3000  60 bytes  open',
  );
  expect(out.filter((line) => line.includes('lost: drop-exactly'))).toHaveLength(1);
  expect(out.filter((line) => line.endsWith('fast retransmission'))).toHaveLength(1);
});

it('prints packets and accounts as JSON lines, the end last', async () => {
  const { out } = await run(SCENARIO, 's.json', '--json');
  const lines = out.map((line) => JSON.parse(line) as { kind: string; [key: string]: unknown });
  expect(lines[0]).toMatchObject({ kind: 'packet', n: 1, from: 'client', why: 'open' });
  expect(lines.some(({ kind, phase }) => kind === 'connection' && phase === 'recovery')).toBe(true);
  const read = lines.filter(({ kind, host }) => kind === 'connection' && host === 'server').at(-1);
  expect(read).toMatchObject({ received: 20_008, state: 'CLOSED' });
  expect(lines.at(-1)).toMatchObject({
    kind: 'end',
    packets: lines.filter((one) => one.kind === 'packet').length,
  });
});

it('writes a file of what one end saw', async () => {
  const { files, out } = await run(SCENARIO, 's.json', '--pcapng', 'o.pcapng', '--at', 'server');
  const file = readPcapngFile(files.get('o.pcapng') ?? new Uint8Array(0));
  const { packets, problem } = file;
  expect(problem).toBeUndefined();
  expect(packets).toHaveLength(out.length - 1); // the lost one never came to the server
  expect(packets.slice(0, 1).map(file.commentOf)).toEqual(['Modelled: open.']);
});

it('names what is wrong with a scenario by its path', async () => {
  const wrong = async (scenario: unknown) => (await run(scenario, 's.json')).err[0];
  expect(await wrong('{')).toContain('cannot be read');
  expect(await wrong({})).toBe('s.json: flows must hold at least one flow');
  expect(await wrong({ ...SCENARIO, sed: 1 })).toBe('s.json: sed is not known');
  expect(await wrong({ ...SCENARIO, link: { mtu: 5 } })).toContain('link.mtu must be a number');
  const faults = [{ name: 'close' }];
  expect(await wrong({ ...SCENARIO, link: { faults } })).toContain('no fault "close" for packets');
  expect(await wrong({ ...SCENARIO, tcp: { congestion: 'bbr' } })).toContain('tcp.congestion');
  expect(await wrong({ ...SCENARIO, tcp: { minRto: 'long' } })).toContain('tcp.minRto');
  expect(await wrong({ ...SCENARIO, client: { address: '10.0.0' } })).toContain('client.address');
});

it('explains its arguments', async () => {
  expect((await run(SCENARIO)).status).toBe(2);
  expect((await run(SCENARIO, 's.json', '--fast')).err[0]).toBe('There is no option --fast.');
  expect((await run(SCENARIO, 's.json', '--at', 'both')).status).toBe(2);
  expect((await run(SCENARIO, 'none.json')).status).toBe(1);
});

it('runs the example of the documentation', async () => {
  const [, example = ''] = readFileSync('docs/simulate.md', 'utf8').split(/```json|```/);
  const { status, out, err } = await run(example, 's.json');
  expect([status, err]).toEqual([0, []]);
  expect(out.filter((line) => line.includes('lost: drop-exactly'))).toHaveLength(1);
  expect(out.filter((line) => line.endsWith('fragment of: datagram'))).toHaveLength(3);
});
