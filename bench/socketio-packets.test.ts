import { expect, it } from 'vitest';
import { readPacketFile } from '../src/capture/foreign-file.ts';
import { readPacketRows } from '../src/capture/packet-rows.ts';
import { socketIoCapture } from './socketio-packets.ts';

it('is what the quick reading of rows is made for: every connection of the capture is skimmed', () => {
  const { skimmed, readInFull, rowOf } = readPacketRows(readPacketFile(socketIoCapture(6_100)));
  expect([skimmed, readInFull]).toEqual([4, 0]);
  expect(rowOf(3)).toMatchObject({ protocol: 'http', summary: 'GET /socket.io/' });
  expect(rowOf(13)).toMatchObject({ protocol: 'socketio', summary: 'event "note"' });
});
