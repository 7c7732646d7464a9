// Records come back as they were, and a packet of any number of them has one attachment.

import fc from 'fast-check';
import { Decoder, Encoder } from 'socket.io-parser';
import { expect, it } from 'vitest';
import type { TapRecord } from '../capture/record.ts';
import { micros } from '../lib/time.ts';
import { packRecords, unpackRecords } from './tap-part.ts';

const chunk = (seq: number, bytes: Uint8Array): TapRecord => ({
  kind: 'chunk',
  seq,
  at: micros(seq),
  connection: 1,
  direction: seq % 2 === 0 ? 'up' : 'down',
  bytes,
});

const close = (seq: number): TapRecord => ({
  kind: 'close',
  seq,
  at: micros(seq),
  connection: 1,
  by: 'client',
  how: 'fin',
});

const records = fc
  .array(fc.option(fc.uint8Array({ maxLength: 50 })), { maxLength: 60 })
  .map((all) => all.map((bytes, i) => (bytes ? chunk(i + 1, bytes) : close(i + 1))));

it('comes back as it was, through the parser of both ends', () => {
  fc.assert(
    fc.property(records, (sent) => {
      const packet = { type: 2, nsp: '/', data: ['tap:records', packRecords(sent)] };
      const decoder = new Decoder();
      const got: unknown[] = [];
      decoder.on('decoded', ({ data }) => got.push(data[1]));
      for (const part of new Encoder().encode(packet)) decoder.add(part);
      expect(got).toHaveLength(1);
      expect(unpackRecords(got[0] as ReturnType<typeof packRecords>)).toEqual(sent);
    }),
  );
});
