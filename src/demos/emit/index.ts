import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'Emit, and who hears it',
  action:
    'Connects three real clients to a lab of your own, presses the button in yours, and shows who hears what.',
  params: {
    event: { label: 'Event name', maxLength: 20, initial: 'say' },
    text: { label: 'Text', maxLength: 60, initial: 'Good morning' },
    payload: {
      label: 'Sent as',
      options: [
        { value: 'text', label: 'a string' },
        { value: 'object', label: 'an object' },
        { value: 'binary', label: 'four bytes' },
      ],
      initial: 'text',
    },
    target: {
      label: 'For',
      options: [
        { value: 'everybody', label: 'everybody' },
        { value: 'the others', label: 'the others' },
        { value: 'front row', label: 'the room “front row”' },
        { value: 'only me', label: 'only me' },
      ],
      initial: 'everybody',
    },
    grace: {
      label: 'Grace',
      options: [
        { value: 'here', label: 'is connected' },
        { value: 'late', label: 'connects afterwards' },
      ],
      initial: 'here',
    },
    click: {
      label: 'You press the button',
      options: [
        { value: 'after', label: 'once you are connected' },
        { value: 'before', label: 'before you are connected' },
      ],
      initial: 'after',
    },
    kind: {
      label: 'Kind of event',
      options: [
        { value: 'plain', label: 'an ordinary event' },
        { value: 'volatile', label: 'a volatile event' },
      ],
      initial: 'plain',
    },
  },
  lab,
  recorded({ event, payload, target, grace }) {
    if (event !== 'say') return 'emit-typo';
    if (payload === 'binary') return 'emit-binary';
    return grace === 'late' ? 'emit-late' : `emit-${target.replaceAll(' ', '-')}`;
  },
  Extra,
  run,
});
