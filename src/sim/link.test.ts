import { describe, expect, it } from 'vitest';
import { type Micros, millis } from '../lib/time.ts';
import { type Delivery, type Fate, LinkDirection, type LinkShape } from './link.ts';
import { createLinkFaults, type FaultChoice } from './link-faults.ts';
import { addressOf, Packet } from './packet.ts';
import { createScheduler } from './scheduler.ts';

const ends = { source: addressOf('10.0.0.1'), destination: addressOf('10.0.0.2') };

/** An IPv4 packet of so many bytes with UDP in it. */
function packetOf(length: number): Packet {
  const payload = new Uint8Array(length - 28).fill(7);
  const datagram = { sourcePort: 1, destinationPort: 2, payload };
  return new Packet(ends, { kind: 'udp', datagram }, 'test');
}

/** Hands all packets over at once; what became of each, and what arrived when. */
function send(shape: Partial<LinkShape>, count: number, faults: readonly FaultChoice[] = []) {
  const scheduler = createScheduler();
  const arrived: { packet: Packet; at: Micros; bytes: Delivery['bytes'] }[] = [];
  const link = new LinkDirection(
    { rate: 8_000_000, delay: millis(10), mtu: 1500, ...shape },
    createLinkFaults(faults, 1, 0),
    scheduler,
    { receive: (packet, { at, bytes }) => arrived.push({ packet, at, bytes }) },
  );
  const packets = Array.from({ length: count }, () => packetOf(1000));
  const fates: Fate[] = packets.map((packet) => link.send(packet));
  while (scheduler.runNext(millis(1_000_000)));
  const order = arrived.map(({ packet }) => packets.indexOf(packet));
  return { fates, arrived, order };
}

it('sends one packet after the other at its rate, then they travel', () => {
  const { arrived } = send({}, 3);
  expect(arrived.map(({ at }) => at)).toEqual([11_000, 12_000, 13_000]); // 1 ms each, and 10
  expect(send({ delay: millis(0) }, 1).arrived[0]?.at).toBe(1_000);
});

describe('the queue drops what comes last', () => {
  it('when it is full of packets', () => {
    const { fates } = send({ queuePackets: 2 }, 5);
    expect(fates.map(({ lostTo }) => lostTo)).toEqual([
      ...[undefined, undefined, undefined], // one is being sent, two wait
      ...['queue full', 'queue full'],
    ]);
  });

  it('when it is full of bytes', () => {
    const { fates } = send({ queueBytes: 2_999 }, 5);
    expect(fates.filter(({ lostTo }) => lostTo === 'queue full')).toHaveLength(2);
    expect(send({ queueBytes: 3_000 }, 5).arrived).toHaveLength(4);
  });
});

it('takes no packet longer than its MTU', () => {
  expect(send({ mtu: 999 }, 1).fates[0]?.lostTo).toBe('too big');
});

describe('faults', () => {
  const of = (name: string, params: FaultChoice['params'] = {}) => [{ name, params }];

  it('lose exactly these', () => {
    const { order, fates } = send({}, 5, of('drop-exactly', { which: [2, 4] }));
    expect(order).toEqual([0, 2, 4]);
    expect(fates[1]?.lostTo).toBe('drop-exactly');
  });

  it('lose with a chance, and in bursts (Gilbert-Elliott), the same for a seed', () => {
    const random = send({}, 10_000, of('loss', { rate: 5 }));
    expect(10_000 - random.order.length).toBeGreaterThan(400);
    expect(10_000 - random.order.length).toBeLessThan(600);
    expect(send({}, 10_000, of('loss', { rate: 5 })).order).toEqual(random.order);
    const bursts = send({}, 10_000, of('burst-loss', { toBad: 1, toGood: 25, inBad: 100 }));
    const lost = new Set(Array.from({ length: 10_000 }, (_, i) => i));
    for (const i of bursts.order) lost.delete(i);
    // One in 26 is bad, and a bad one is followed by a bad one three times of four.
    expect(lost.size).toBeGreaterThan(250);
    expect(lost.size).toBeLessThan(550);
    const pairs = [...lost].filter((i) => lost.has(i + 1)).length;
    expect(pairs / lost.size).toBeGreaterThan(0.6);
  });

  it('double, reorder and damage', () => {
    const doubled = send({}, 100, of('duplicate', { rate: 100 }));
    expect(doubled.order).toHaveLength(200);
    const mixed = send({}, 200, of('reorder', { rate: 10 }));
    expect(mixed.order).not.toEqual([...mixed.order].sort((a, b) => a - b));
    expect([...mixed.order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, i) => i),
    );
    const damaged = send({}, 100, of('corrupt', { rate: 100 }));
    expect(damaged.arrived).toHaveLength(100);
    for (const { packet, bytes } of damaged.arrived) expect(bytes).not.toEqual(packet.bytes);
  });

  it('delay each by another time (jitter)', () => {
    const { arrived } = send({ rate: 1e9 }, 100, of('latency', { jitter: 5 }));
    const times = arrived.map(({ at }) => at - 10_000);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2_000);
  });
});
