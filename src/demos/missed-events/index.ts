import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';
import { LANE_TITLES, SIDE_BY_SIDE, STRATEGIES } from './strategies.ts';

export default defineLiveDemo({
  title: 'Missed events',
  action:
    'Connects to a lab of your own, lets both ends emit, breaks the link for a while, and keeps the account of every message.',
  params: {
    strategy: {
      label: 'Strategy',
      options: [
        { value: 'all', label: `${SIDE_BY_SIDE.length} strategies side by side` },
        ...Object.entries(STRATEGIES).map(([value, { title }]) => ({ value, label: title })),
      ],
      initial: 'all',
    },
    how: {
      label: 'The link',
      options: [
        { value: 'stall', label: 'falls silent' },
        { value: 'close', label: 'is closed (FIN)' },
        { value: 'reset', label: 'is reset (RST)' },
      ],
      initial: 'stall',
    },
    length: {
      label: 'for',
      options: [
        { value: '0', label: 'no time at all' },
        { value: '1000', label: '1 second' },
        { value: '3000', label: '3 seconds' },
        { value: '8000', label: '8 seconds' },
      ],
      initial: '3000',
    },
    moment: {
      label: 'beginning',
      options: [
        { value: 'early', label: 'before the first message' },
        { value: 'middle', label: 'in the middle' },
        { value: 'late', label: 'near the end' },
      ],
      initial: 'middle',
    },
    times: {
      label: 'This happens',
      options: [
        { value: 'once', label: 'once' },
        { value: 'twice', label: 'twice' },
      ],
      initial: 'once',
    },
    rate: {
      label: 'Each end emits',
      options: [
        { value: '2', label: '2 messages a second' },
        { value: '4', label: '4 messages a second' },
        { value: '8', label: '8 messages a second' },
      ],
      initial: '2',
    },
  },
  lab,
  laneTitles: LANE_TITLES,
  ownsLink: true,
  // Only some settings were recorded; the others have nothing that could stand in for them.
  recorded: ({ strategy, how, length, moment, times, rate }) =>
    `missed-${[strategy, how, length, moment, times, ...(rate === '2' ? [] : [rate])].join('-')}`,
  Extra,
  run,
});
