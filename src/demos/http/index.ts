import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'One exchange after another',
  action:
    'Sends your browser’s own requests to a small web server: reads a page twice, asks for its head, posts a note, asks for what is not there, and fetches a long file and a story of unknown length.',
  params: {
    text: { label: 'Note', maxLength: 60, initial: 'Grüße aus dem Zug' },
    between: {
      label: 'The note is posted',
      options: [
        { value: 'same', label: 'after the page was read twice' },
        { value: 'changed', label: 'between the two readings' },
      ],
      initial: 'same',
    },
    breaks: {
      label: 'When the server has answered the note, the link',
      options: [
        { value: 'no', label: 'stays in order' },
        { value: 'reset', label: 'resets that connection' },
      ],
      initial: 'no',
    },
  },
  lab,
  recorded: ({ between, breaks }) => (breaks === 'reset' ? 'http-reset' : `http-${between}`),
  Extra,
  run,
});
