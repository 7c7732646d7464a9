import { defineFault } from './fault.ts';

export const stall = defineFault({
  name: 'stall',
  title: 'Stall',
  what: 'Nothing passes for a while and nothing is lost: the connection stays, and no end is told.',
  params: {},
  suits: ['packets', 'stream'],
  create(_, __, { until }) {
    return (piece) => [{ ...piece, at: until }];
  },
});
