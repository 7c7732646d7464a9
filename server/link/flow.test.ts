// Whatever the faults decide, a stream stays a stream: every byte once and in order, nothing early, and
// what an end leaves behind is accounted for. Time is the test's own.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NEVER } from '../../src/faults/fault.ts';
import { faultNamed } from '../../src/faults/index.ts';
import { concat } from '../../src/lib/bytes.ts';
import { checkParams } from '../../src/lib/params.ts';
import { mulberry32 } from '../../src/lib/random.ts';
import { type Micros, micros } from '../../src/lib/time.ts';
import { Flow, MOST_HELD, type Stage } from './flow.ts';

function startFlow() {
  let now = micros(0);
  const timers = new Set<{ at: Micros; run(): void }>();
  const out: Uint8Array[] = [];
  const said: string[] = [];
  let wants = true;
  const clock = {
    now: () => now,
    setTimer: (at: Micros, run: () => void) => {
      const timer = { at, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const flow = new Flow(clock, {
    release: (bytes) => {
      out.push(bytes);
      return wants;
    },
    ended: () => said.push('end'),
    cut: (how) => said.push(how),
    room: () => said.push('room'),
  });
  const advance = (by: number): void => {
    const until = now + by;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = micros(Math.max(now, next.at));
      next.run();
    }
    now = micros(until);
  };
  const want = (does: boolean): void => {
    wants = does;
    if (does) flow.resume();
  };
  return { flow, out: () => concat(...out), said, advance, want, now: () => now };
}

function stage(name: string, params: object, from: Micros, until = NEVER): Stage {
  const fault = faultNamed(name);
  const checked = fault && checkParams(fault.params, params);
  if (!fault || !checked?.ok) throw new Error(`no fault ${name}`);
  const span = { from, until };
  const given = { carrier: 'stream', openedAt: micros(0), ...span } as const;
  return { entry: 0, ...span, decide: fault.create(checked.value, mulberry32(3), given) };
}

const steps = fc.array(
  fc.record({
    bytes: fc.uint8Array({ maxLength: 50 }),
    wait: fc.nat(40_000),
    fault: fc.constantFrom('none', 'keep', 'latency', 'slice', 'rate', 'stall'),
    wants: fc.boolean(),
  }),
  { maxLength: 40 },
);

it('passes every byte once and in order, however conditions change', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { flow, out, advance, want, now } = startFlow();
      for (const { bytes, wait, fault, wants } of all) {
        if (fault === 'none') flow.set([]);
        else if (fault !== 'keep') {
          const params = fault === 'latency' ? { delay: 20, jitter: 20 } : {};
          flow.set([stage(fault, params, now())]);
        }
        want(wants);
        flow.push(bytes);
        advance(wait);
      }
      const given = concat(...all.map(({ bytes }) => bytes));
      expect(out()).toEqual(given.subarray(0, out().length));
      expect(flow.held).toBe(given.length - out().length);
      flow.set([]);
      want(true);
      expect(out()).toEqual(given);
      expect(flow.held).toBe(0);
    }),
  );
});

it('holds a stall until it is told otherwise, and the sender’s end stays behind the bytes', () => {
  const { flow, out, said, advance, now } = startFlow();
  flow.set([stage('stall', {}, now())]);
  flow.push(Uint8Array.of(1, 2));
  flow.end();
  advance(1e9);
  expect([out().length, said]).toEqual([0, []]);
  flow.set([]);
  expect([...out(), ...said]).toEqual([1, 2, 'end']);
});

it('ends at the very byte, and gives back what it did not pass', () => {
  const { flow, out, said } = startFlow();
  flow.set([stage('close', { after: 3 }, micros(0))]);
  flow.push(Uint8Array.of(1, 2));
  flow.push(Uint8Array.of(3, 4, 5));
  flow.push(Uint8Array.of(6));
  expect([...out()]).toEqual([1, 2, 3]);
  expect(said).toEqual(['fin']);
  expect([...flow.stop()]).toEqual([4, 5, 6]);
});

it('says when it is full, and that there is room once half of it has passed', () => {
  const { flow, said, want } = startFlow();
  want(false);
  flow.push(new Uint8Array(1));
  flow.push(new Uint8Array(MOST_HELD));
  expect(flow.isFull).toBe(true);
  expect(said).toEqual([]);
  want(true);
  expect(said).toEqual(['room']);
});

it('says that there is room although what is left waits for its time, or for the receiver', () => {
  const { flow, said, advance, now } = startFlow();
  flow.set([stage('latency', { delay: 10, jitter: 0 }, now())]);
  flow.push(new Uint8Array(MOST_HELD));
  advance(5_000);
  flow.push(new Uint8Array(1));
  advance(5_000);
  expect([flow.held, said]).toEqual([1, ['room']]);
  const other = startFlow();
  other.want(false);
  other.flow.push(new Uint8Array(1));
  other.flow.push(new Uint8Array(MOST_HELD));
  other.flow.push(new Uint8Array(1));
  other.want(false);
  other.flow.resume();
  expect([other.flow.held, other.said]).toEqual([1, ['room']]);
});
