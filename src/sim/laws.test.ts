// What must hold whatever the network does: many small runs under random faults.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameBytes } from '../lib/bytes.ts';
import { join } from '../lib/join.ts';
import { millis, seconds } from '../lib/time.ts';
import type { FaultChoice } from './link-faults.ts';
import { readPacket } from './packet.ts';
import { recordPackets, simulate } from './simulate.ts';
import { patternAt } from './stream-program.ts';
import { linkOf, scenarioOf, sends } from './testing/scenarios.ts';

const percent = (most: number) => fc.integer({ min: 0, max: most });
const fault: fc.Arbitrary<FaultChoice> = fc.oneof(
  fc.record({ name: fc.constant('loss'), params: fc.record({ rate: percent(20) }) }),
  fc.record({ name: fc.constant('duplicate'), params: fc.record({ rate: percent(20) }) }),
  fc.record({
    name: fc.constant('reorder'),
    params: fc.record({ rate: percent(20), by: fc.integer({ min: 1, max: 100 }) }),
  }),
  fc.record({ name: fc.constant('corrupt'), params: fc.record({ rate: percent(10) }) }),
  fc.record({ name: fc.constant('burst-loss'), params: fc.record({ toBad: percent(5) }) }),
);

/** Two bits of one packet, each turned by a fault of its own, can pass the checksum: real, and no law. */
const faults = fc.uniqueArray(fault, { maxLength: 2, selector: ({ name }) => name });

const scenario = fc
  .record({
    seed: fc.nat(0xffff_ffff),
    profile: fc.constantFrom('linux' as const, 'textbook' as const),
    congestion: fc.constantFrom('cubic' as const, 'reno' as const),
    up: faults,
    down: faults,
    sizes: fc.tuple(fc.nat(60_000), fc.nat(20_000)),
    queue: fc.constantFrom(2, 10, 1_000),
    pause: fc.nat(500),
    version: fc.constantFrom(4, 6),
    isSimultaneous: fc.boolean(),
  })
  .map(({ seed, profile, congestion, up, down, sizes, queue, pause, version, isSimultaneous }) => {
    const [mine, theirs] = sizes;
    const pauses = [{ from: millis(60), to: millis(60 + pause) }];
    const flow = {
      kind: 'tcp' as const,
      at: millis(0),
      client: sends(mine),
      server: sends(theirs, { pauses }),
      isSimultaneous,
    };
    return scenarioOf({
      seed,
      profile,
      tcp: { congestion, receiveBuffer: 20_000 },
      up: linkOf(up, { queuePackets: queue }),
      down: linkOf(down, { queuePackets: queue }),
      flows: [flow],
      addresses: version === 4 ? ['10.0.0.1', '10.0.0.2'] : ['2001:db8::1', '2001:db8::2'],
    });
  });

describe('under any faults', () => {
  it('a stream arrives as a prefix, nothing is acknowledged that did not arrive, and all ends', () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const read = { client: [] as Uint8Array[], server: [] as Uint8Array[] };
        const last = new Map<string, { state: string; ending?: string; acknowledged: number }>();
        const { outcome } = recordPackets(one, {
          onRead: (host, _, bytes) => void read[host].push(bytes.slice()),
          onConnection: (account) => void last.set(account.host, account),
        });
        const flow = one.flows[0];
        if (flow?.kind !== 'tcp') throw new Error('a TCP flow was made');
        for (const [host, peer] of [
          ['client', 'server'],
          ['server', 'client'],
        ] as const) {
          const got = join(read[peer]);
          const wrote = Number(flow[host].writes[0]?.bytes);
          expect(got.length).toBeLessThanOrEqual(wrote);
          expect(isSameBytes(got, patternAt(0, got.length))).toBe(true); // 60,000 is less than a pattern
          const end = last.get(host);
          // The FIN counts as one more byte.
          expect(end?.acknowledged ?? 0).toBeLessThanOrEqual(got.length + 1);
          // Who waits for a peer that gave up waits for ever (RFC 9293 has no timer for it).
          if (end && !last.get(peer)?.ending) expect(end.state).toBe('CLOSED');
          if (end && !end.ending && last.get(peer)?.ending === undefined) {
            expect(got.length).toBe(wrote);
          }
        }
        expect(outcome.endAt).toBeLessThan(seconds(5_000));
      }),
      { numRuns: 300 },
    );
  });

  it('an acknowledgement never goes beyond what was sent, and never back', () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const least = new Map<string, number>();
        recordPackets(one, {
          onConnection({ host, acknowledged, inFlight, cwnd }) {
            expect(acknowledged).toBeGreaterThanOrEqual(least.get(host) ?? 0);
            expect(inFlight).toBeGreaterThanOrEqual(0);
            expect(cwnd).toBeGreaterThanOrEqual(1);
            least.set(host, acknowledged);
          },
        });
      }),
      { numRuns: 150 },
    );
  });

  it('what two ends hand each other is what the bytes say', () => {
    fc.assert(
      fc.property(scenario, (one) => {
        simulate(one, {
          onPacket({ packet }) {
            const read = readPacket(packet.bytes, packet.why);
            const mine = packet.carried;
            if (read?.carried.kind !== 'tcp' || mine.kind !== 'tcp') throw new Error('not TCP');
            expect(read.length).toBe(packet.length);
            expect(read.carried.ports).toEqual(mine.ports);
            expect({ ...read.carried.segment, why: mine.segment.why }).toEqual(mine.segment);
          },
        });
      }),
      { numRuns: 10 },
    );
  });

  it('a run repeats bit for bit', () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const [first, second] = [recordPackets(one), recordPackets(one)];
        const bare = (run: typeof first) => run.records.map(({ bytes: _, ...rest }) => rest);
        expect(bare(first)).toEqual(bare(second));
        const all = (run: typeof first) => join(run.records.map(({ bytes }) => bytes));
        expect(isSameBytes(all(first), all(second))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
