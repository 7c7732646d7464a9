// What the picture of the room says at each moment of a recorded run.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createAnalyzer } from '../../capture/analyzer.ts';
import type { Capture } from '../../capture/capture.ts';
import { readPcapng } from '../../capture/pcapng.ts';
import { spokenIn } from '../../capture/spoken.ts';
import { roomOf } from './room-state.ts';

function captureOf(name: string): Capture {
  const file = new URL(`../../../content/captures/${name}.pcapng`, import.meta.url);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of readPcapng(new Uint8Array(readFileSync(file))).records) {
    analyzer.push(record);
  }
  return analyzer.capture();
}

const value = (room: ReturnType<ReturnType<typeof roomOf>>, who: string, fact: 'volume') =>
  room.beliefs.get(who)?.[fact]?.value;

it('nobody knows anything before the first frame, and all agree at the end', () => {
  const capture = captureOf('room-told');
  const roomAt = roomOf(capture);
  expect([...roomAt(-1).beliefs]).toEqual([]);
  const end = roomAt(capture.endAt);
  for (const who of ['server', 'panel 1', 'panel 2', 'amplifier']) {
    expect(value(end, who, 'volume'), who).toBe('45');
  }
  expect([...end.isHere.values()]).toEqual([false, false, false, false, false]);
});

it('a panel that asks has an empty room until its question is answered', () => {
  const capture = captureOf('room-polling-asks');
  const roomAt = roomOf(capture);
  const said = spokenIn(capture);
  const speaks = said.find(({ event }) => event === 'occupied');
  const hears = said.find(
    ({ who, direction, args, at }) =>
      who === 'panel 1' &&
      direction === 'down' &&
      at > (speaks?.at ?? 0) &&
      JSON.stringify(args).includes('"occupied":true'),
  );
  if (!speaks || !hears) throw new Error('the sensor did not speak, or nobody heard it');
  // Over polling the three share connections; each request says whose it is.
  expect(speaks.who).toBe('sensor');
  expect(said.find(({ event }) => event === 'hello')?.who).toBe('amplifier');
  const between = roomAt(hears.at - 1);
  expect(between.beliefs.get('server')?.occupied?.value).toBe('true');
  expect(between.beliefs.get('panel 1')?.occupied?.value).toBe('false');
  const after = roomAt(hears.at).beliefs.get('panel 1')?.occupied;
  expect(after).toMatchObject({ value: 'true', frame: hears.ref.frame });
});

it('the limit of the amplifier shows against what everybody was told', () => {
  const capture = captureOf('room-limit-server');
  const end = roomOf(capture)(capture.endAt);
  expect(value(end, 'panel 1', 'volume')).toBe('90');
  expect(value(end, 'server', 'volume')).toBe('90');
  expect(value(end, 'amplifier', 'volume')).toBe('70');
});

it('the server tells of a device that is gone, and the device has the state when it is back', () => {
  const capture = captureOf('room-cut-server');
  const roomAt = roomOf(capture);
  const wish = spokenIn(capture).find(({ event, isAck }) => event === 'set' && !isAck);
  if (!wish) throw new Error('nobody wished anything');
  const before = roomAt(wish.at);
  expect(before.isHere.get('amplifier')).toBe(false);
  expect(before.beliefs.get('panel 1')?.amplifier?.value).toBe('away');
  const end = roomAt(capture.endAt);
  expect(value(end, 'amplifier', 'volume')).toBe('45');
});
