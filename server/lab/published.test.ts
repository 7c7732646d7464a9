// A published capture is frozen, named by its content, and at most 1 MB.

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readPcapng } from '../../src/capture/pcapng.ts';
import type { TapRecord } from '../../src/capture/record.ts';
import { micros } from '../../src/lib/time.ts';
import { Published } from './published.ts';

async function startPublished() {
  const folder = await mkdtemp(join(tmpdir(), 'wirelight-published-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { published: new Published(folder), files: () => readdir(folder) };
}

/** A connection on which the client sent that many bytes. */
function records(length: number): TapRecord[] {
  const client = { address: '192.0.2.1', port: 50_000 };
  const server = { address: '192.0.2.2', port: 3_001 };
  return [
    { kind: 'open', seq: 1, at: micros(0), connection: 1, lane: 'main', client, server },
    {
      kind: 'chunk',
      seq: 2,
      at: micros(1_000),
      connection: 1,
      direction: 'up',
      bytes: new Uint8Array(length).fill(0x61),
    },
  ];
}

it('is read back as it was, under the hash of its content', async () => {
  const { published, files } = await startPublished();
  const first = await published.publish(records(800_000));
  if (!first.ok) throw new Error(first.message);
  const { capture } = first.value;
  const bytes = (await published.read(capture)) ?? Buffer.alloc(0);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(capture);
  const sent = readPcapng(bytes).records.flatMap((one) => (one.kind === 'chunk' ? [one] : []));
  expect(sent.reduce((sum, { bytes: part }) => sum + part.length, 0)).toBe(800_000);
  expect(await published.publish(records(800_000))).toEqual(first);
  expect(await files()).toEqual([`${capture}.pcapng`]);
});

it('is refused over 1 MB, and nothing is kept of it', async () => {
  const { published, files } = await startPublished();
  const reply = await published.publish(records(1_000_000));
  expect(reply).toMatchObject({ ok: false, code: 'labs/too-large' });
  expect(await files()).toEqual([]);
});

it('is found by a hash only', async () => {
  const { published } = await startPublished();
  for (const name of ['', '../secret', 'a'.repeat(63), 'A'.repeat(64), 'a'.repeat(64)]) {
    expect(await published.read(name)).toBeUndefined();
  }
});
