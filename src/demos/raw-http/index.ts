import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';
import { SAMPLES } from './samples.ts';

export default defineLiveDemo({
  title: 'Your own text to a web server',
  action:
    'Says your text, byte for byte, to a small web server. A browser writes its requests itself, so a client on the server says this one, to your own lab only. {lab} stands for the path of your lab.',
  params: {
    text: { label: 'Text', maxLength: 2_000, rows: 8, samples: SAMPLES, initial: 'one' },
    ends: {
      label: 'Each line ends with',
      options: [
        { value: 'crlf', label: 'CR LF, as HTTP asks' },
        { value: 'lf', label: 'LF alone' },
      ],
      initial: 'crlf',
    },
  },
  lab,
  speaker: 'server',
  recorded({ text, ends }) {
    const name = Object.entries(SAMPLES).find(([, sample]) => sample.text === text)?.[0];
    if (ends === 'lf') return name === 'one' ? 'raw-line-feeds' : undefined;
    // Nothing stands in for what somebody wrote herself.
    return name === undefined ? undefined : `raw-${name}`;
  },
  Extra,
  run,
});
