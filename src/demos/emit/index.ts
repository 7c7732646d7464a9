import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'Emit, and who hears it',
  action:
    'Connects two to four real clients to a lab of your own, presses the button in yours, and shows who hears what.',
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
        { value: 'everybody, volatile', label: 'everybody who can be reached at once (volatile)' },
        { value: 'the others', label: 'the others' },
        { value: 'front row', label: 'the room “front row”' },
        { value: 'only me', label: 'only me' },
      ],
      initial: 'everybody',
    },
    clients: {
      label: 'Clients',
      options: [
        { value: '2', label: 'you and Ada' },
        { value: '3', label: 'you, Ada and Grace' },
        { value: '4', label: 'you, Ada, Grace and Mary' },
      ],
      initial: '3',
    },
    grace: {
      label: 'Grace',
      options: [
        { value: 'here', label: 'is connected' },
        { value: 'late', label: 'connects afterwards' },
        { value: 'polls', label: 'asks by HTTP, over a slow link' },
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
    presses: {
      label: 'How often',
      options: [
        { value: '1', label: 'once' },
        { value: '3', label: 'three times, quickly' },
      ],
      initial: '1',
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
  recorded({ event, payload, target, grace, clients, presses }) {
    if (clients !== '3') return undefined;
    if (grace === 'polls' || presses !== '1' || target === 'everybody, volatile') {
      const isRecorded = grace === 'polls' && presses === '3' && target === 'everybody, volatile';
      return isRecorded ? 'emit-volatile' : undefined;
    }
    if (event !== 'say') return 'emit-typo';
    if (payload === 'binary') return 'emit-binary';
    return grace === 'late' ? 'emit-late' : `emit-${target.replaceAll(' ', '-')}`;
  },
  Extra,
  run,
});
