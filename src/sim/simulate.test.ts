import { expect, it } from 'vitest';
import { LINK } from '../capture/link-types.ts';
import { packetLayers } from '../capture/packet-layers.ts';
import { createPacketCapture } from '../capture/packets.ts';
import { recordPackets } from './simulate.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

/** `0 20048 client SYN 60 open`: when it left, when it arrived, from whom, flags, length, why. */
function linesOf(scenario: Parameters<typeof recordPackets>[0]): string[] {
  return recordPackets(scenario).records.map(({ leftAt, arrivedAt, lostTo, from, bytes, why }) => {
    const flags = packetLayers(LINK.raw, bytes)[1]?.summary.replace(/ \d+ to \d+$/, '');
    return `${leftAt} ${arrivedAt ?? lostTo} ${from} ${flags} ${bytes.length} ${why}`;
  });
}

it('opens, carries and closes, packet by packet, to the microsecond', () => {
  expect(linesOf(scenarioOf({ client: sends(2_000) }))).toEqual([
    '0 20048 client SYN 60 open', // 60 bytes at 10 Mbit/s take 48 µs, and 20 ms on the way
    '20048 40096 server ACK, SYN 60 open',
    '40096 60138 client ACK 52 acknowledgement',
    '40096 61338 client ACK 1500 data',
    '40096 61821 client ACK, PSH 604 data',
    '40096 61862 client ACK, FIN 52 close',
    '61338 81380 server ACK 52 acknowledgement',
    '61821 81863 server ACK 52 acknowledgement',
    '61862 81904 server ACK, FIN 52 close', // it acknowledges the other FIN too
    '81904 101946 client ACK 52 acknowledgement',
  ]);
});

it('sends again what is lost at the third duplicate acknowledgement', () => {
  const up = linkOf([{ name: 'drop-exactly', params: { which: [5] } }]);
  const lines = linesOf(scenarioOf({ client: sends(20_000), up }));
  expect(lines.filter((line) => line.includes('drop-exactly'))).toEqual([
    '40096 drop-exactly client ACK 1500 data',
  ]);
  const withSack = lines.filter((line) => line.includes('server ACK 64'));
  expect(withSack[2]).toMatch(/^67338 87389 /);
  expect(lines).toContain('87389 108589 client ACK 1500 fast retransmission');
});

it('makes a capture whose frames know their way', () => {
  const up = linkOf([{ name: 'drop-exactly', params: { which: [3] } }]);
  const { records } = recordPackets(scenarioOf({ up }));
  const capture = createPacketCapture(records, 'modelled');
  expect(capture.connections).toHaveLength(1);
  expect(capture.connections[0]).toMatchObject({
    client: { address: '10.0.0.1', port: 50_000 },
    server: { address: '10.0.0.2', port: 3_000 },
    closed: { by: 'client', how: 'fin' },
  });
  expect(capture.frames.map(({ id }) => id)).toEqual(records.map((_, i) => i));
  expect(capture.frames.filter(({ lost }) => lost).map(({ id }) => id)).toEqual([3]);
  const problems = capture.frames.flatMap(({ layers }) => layers.flatMap((one) => one.problems));
  expect(problems).toEqual([]);
});
