import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';
import { LANE_TITLES } from './ways.ts';

const choices = (values: readonly string[], unit: string) =>
  values.map((value) => ({ value, label: `${value} ${unit}`.trim() }));

const PLAIN = { rate: '2', interval: '500', cut: 'no', fifth: 'off', compression: 'off' };

const isPlain = (chosen: typeof PLAIN): boolean =>
  Object.entries(PLAIN).every(([name, value]) => chosen[name as keyof typeof PLAIN] === value);

export default defineLiveDemo({
  title: 'The same news in four ways',
  action:
    'Hears the same news by short polling, long polling, server-sent events and a WebSocket at once, each with real connections of its own.',
  params: {
    rate: { label: 'News per second', options: choices(['1', '2', '5', '20'], ''), initial: '2' },
    size: {
      label: 'Length of an item',
      options: choices(['20', '200', '1000'], 'bytes'),
      initial: '20',
    },
    count: { label: 'Items', options: choices(['4', '8', '20'], ''), initial: '8' },
    bursts: {
      label: 'Items come',
      options: [
        { value: '1', label: 'one at a time' },
        { value: '4', label: 'four at once, then a gap' },
      ],
      initial: '1',
    },
    interval: {
      label: 'Short polling asks every',
      options: choices(['200', '500', '1000', '2000'], 'ms'),
      initial: '500',
    },
    quiet: { label: 'Quiet afterwards', options: choices(['1', '3', '6'], 's'), initial: '3' },
    cut: {
      label: 'After the third item the link',
      options: [
        { value: 'no', label: 'stays in order' },
        { value: 'close', label: 'closes every connection' },
        { value: 'stall', label: 'is silent for two seconds' },
      ],
      initial: 'no',
    },
    fifth: {
      label: 'Socket.IO as a fifth lane',
      options: [
        { value: 'off', label: 'no' },
        { value: 'polling', label: 'over polling' },
        { value: 'websocket', label: 'over WebSocket' },
      ],
      initial: 'off',
    },
    compression: {
      label: 'Compression',
      options: [
        { value: 'off', label: 'off' },
        { value: 'on', label: 'on: gzip and permessage-deflate' },
      ],
      initial: 'off',
    },
  },
  lab,
  laneTitles: LANE_TITLES,
  recorded({ rate, size, bursts, interval, cut, fifth, compression }) {
    // Bursts were recorded once, and no run without them may stand in for another.
    if (bursts !== '1')
      return isPlain({ rate, interval, cut, fifth, compression }) ? 'news-bursts' : undefined;
    if (compression === 'on') return size === '20' ? 'news-compressed-short' : 'news-compressed';
    if (fifth !== 'off') return `news-socketio-${fifth}`;
    if (cut !== 'no') return `news-cut-${cut}`;
    if (rate === '20') return 'news-often';
    return interval === '2000' ? 'news-seldom-asked' : 'news-four';
  },
  Extra,
  run,
});
