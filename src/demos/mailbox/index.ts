import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'A mailbox on the server',
  action:
    'Ben leaves four letters for Ada on the server, which keeps each letter until Ada has confirmed it.',
  params: {
    away: {
      label: 'Ada',
      options: [
        { value: 'no', label: 'is there all the time' },
        { value: 'yes', label: 'is away from the second letter on, and comes back' },
      ],
      initial: 'yes',
    },
    crash: {
      label: 'Ada’s computer stops after she read l-3',
      options: [
        { value: 'no', label: 'no' },
        { value: 'yes', label: 'yes, before the confirmation' },
      ],
      initial: 'no',
    },
  },
  lab,
  recorded: ({ away, crash }) =>
    crash === 'yes' ? 'mailbox-crash' : away === 'yes' ? 'mailbox-away' : 'mailbox-there',
  Extra,
  run,
});
