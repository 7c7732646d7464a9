// The source of news and its bursts: when items come, that all lanes get the same ones in the same
// instant, and what real requests of both kinds of polling get of a burst.

import { expect, it, vi } from 'vitest';
import type { Noted } from '../../../src/capture/record.ts';
import { startFront } from '../../front/testing/start-front.ts';
import { joinSource, type NewsPlan } from './news-source.ts';

/** What each of two lanes was told and when, on a clock that only the plan moves. */
function told(plan: NewsPlan) {
  let now = 0;
  const due: { at: number; run: () => void }[] = [];
  const said: string[] = [];
  const joined = ['a', 'b'].map((lane) =>
    joinSource('/lab/bursts/', {
      announce: ({ id }) => said.push(`${now} ${lane} announces ${id}`),
      publish: ({ id }) => said.push(`${now} ${lane} sends ${id}`),
      finish: () => undefined,
    }),
  );
  joined[0]?.source.start(plan, (ms, run) => {
    due.push({ at: now + ms, run });
    return () => undefined;
  });
  for (let next = due.shift(); next; next = due.shift()) {
    now = next.at;
    next.run();
  }
  for (const { leave } of joined) leave();
  return said;
}

const plan = { count: 8, everyMs: 50, size: 20, burst: 1 };

const times = (said: readonly string[], lane: string) =>
  said.filter((one) => one.includes(`${lane} sends`)).map((one) => Number.parseInt(one, 10));

it('sends one item at a time, or the same number in bursts that end at the same time', () => {
  expect(times(told(plan), 'a')).toEqual([50, 100, 150, 200, 250, 300, 350, 400]);
  const four = [200, 200, 200, 200, 400, 400, 400, 400];
  expect(times(told({ ...plan, burst: 4 }), 'a')).toEqual(four);
  expect(times(told({ ...plan, count: 6, burst: 4 }), 'a')).toEqual([
    ...four.slice(0, 4),
    400,
    400,
  ]);
});

it('keeps all lanes in lockstep, and sends nothing of a burst before all of it is written down', () => {
  const said = told({ ...plan, burst: 4 });
  const of = (lane: string) =>
    said.filter((one) => one.includes(` ${lane} `)).map((one) => one.replace(` ${lane} `, ' '));
  expect(of('a')).toHaveLength(16);
  expect(of('b')).toEqual(of('a'));
  const burst = said.filter((one) => one.startsWith('200 '));
  expect(burst.findLastIndex((one) => one.includes('announces'))).toBe(7);
  expect(burst.findIndex((one) => one.includes('sends'))).toBe(8);
});

it('answers a hanging request with the first of a burst, and the next with the rest; a poll gets all', async () => {
  const { port, openLab } = await startFront();
  const lab = openLab(['websocket'], { exercise: 'news' });
  const at = `http://127.0.0.1:${port}/lab/${lab.id}/main/`;
  const ids = async (what: string): Promise<number[]> => {
    const items = (await (await fetch(`${at}${what}`)).json()) as { id: number }[];
    return items.map(({ id }) => id);
  };
  const hanging = ids('long?after=0');
  // The source starts when the request has reached the server, which the tap saw.
  await vi.waitFor(() =>
    expect(lab.tap.ring.all().some(({ kind }) => kind === 'chunk')).toBe(true),
  );
  expect(lab.order('main', 'start', { count: 4, everyMs: 100, size: 20, burst: 4 })).toBe(true);
  expect(await hanging).toEqual([1]);
  expect(await ids('long?after=1')).toEqual([2, 3, 4]);
  expect(await ids('poll?after=0')).toEqual([1, 2, 3, 4]);
  const emitted = lab.tap.ring
    .all()
    .filter((one): one is Noted => one.kind === 'note' && one.what === 'emitted');
  expect(emitted.map(({ message }) => message)).toEqual(['n1', 'n2', 'n3', 'n4']);
});
