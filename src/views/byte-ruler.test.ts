import { describe, expect, it } from 'vitest';
import type { EndAccount } from '../capture/end-account.ts';
import { micros } from '../lib/time.ts';
import { bytesOf, type Ruler, receiverRuler, senderRuler } from './byte-ruler.ts';

const ACCOUNT: EndAccount = {
  at: micros(0),
  end: 'client',
  state: 'ESTABLISHED',
  phase: 'open',
  cwnd: 10,
  inFlight: 2,
  mss: 100,
  una: 101,
  nxt: 301,
  limit: 601,
  unsent: 700,
  rto: 200_000,
  next: 301,
  unread: 100,
  beyond: [],
  offered: 801,
};

const words = ({ stretches }: Ruler) =>
  stretches.map(({ kind, from, to }) => `${kind} ${from}-${to}`);

describe('the client’s ruler', () => {
  it('begins with nothing sent and nothing allowed', () => {
    expect(words(senderRuler(undefined, 1_000))).toEqual(['empty 1-1001']);
    const opening = { ...ACCOUNT, una: 0, nxt: 1, limit: 0, unsent: 1_000 };
    expect(words(senderRuler(opening, 1_000))).toEqual(['waits 1-1001']);
    expect(senderRuler(opening, 1_000).brackets).toEqual([]);
  });

  it('lets go what the smaller of the two windows allows', () => {
    expect(words(senderRuler(ACCOUNT, 1_000))).toEqual([
      'done 1-101',
      'way 101-301',
      'may 301-601',
      'waits 601-1001',
    ]);
    expect(words(senderRuler({ ...ACCOUNT, cwnd: 3 }, 1_000))).toEqual([
      'done 1-101',
      'way 101-301',
      'may 301-401',
      'waits 401-1001',
    ]);
  });

  it('tells what is held back from what is not written yet', () => {
    expect(words(senderRuler({ ...ACCOUNT, unsent: 100 }, 1_000))).toEqual([
      'done 1-101',
      'way 101-301',
      'may 301-401',
      'empty 401-1001',
    ]);
  });

  it('counts no FIN as a byte, and draws no window when all is acknowledged', () => {
    const over = senderRuler({ ...ACCOUNT, una: 1_002, nxt: 1_002 }, 1_000);
    expect(words(over)).toEqual(['done 1-1001']);
    expect(bytesOf(over, 'done')).toBe(1_000);
    expect(over.brackets).toEqual([]);
  });
});

describe('the server’s ruler', () => {
  it('has what was read, what waits, holes, and what lies behind them', () => {
    const beyond = [
      { start: 401, end: 501 },
      { start: 601, end: 701 },
    ];
    const ruler = receiverRuler({ ...ACCOUNT, beyond }, 1_000);
    expect(words(ruler)).toEqual([
      'done 1-201',
      'unread 201-301',
      'hole 301-401',
      'beyond 401-501',
      'hole 501-601',
      'beyond 601-701',
      'empty 701-1001',
    ]);
    expect(ruler.brackets).toEqual([{ kind: 'receiver', from: 301, to: 801 }]);
    expect(bytesOf(ruler, 'beyond')).toBe(200);
  });

  it('is empty before the connection', () => {
    expect(words(receiverRuler(undefined, 1_000))).toEqual(['empty 1-1001']);
  });
});
