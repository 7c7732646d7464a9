import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';
import { Picture } from './Picture.tsx';

export default defineLiveDemo({
  title: 'One message between two rulers',
  action:
    'Sends your words to a lab of your own, and lays the bytes that carried them between the layers of TCP/IP and of OSI.',
  params: {
    text: { label: 'Your message', maxLength: 60, initial: 'Hello down there' },
    transport: {
      label: 'It travels by',
      options: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'polling', label: 'HTTP' },
      ],
      initial: 'websocket',
    },
    length: {
      label: 'Sent',
      options: [
        { value: 'once', label: 'as it is' },
        { value: 'long', label: 'repeated up to 4000 characters' },
      ],
      initial: 'once',
    },
  },
  lab,
  recorded({ transport, length }) {
    if (length === 'long') return 'layers-long';
    return transport === 'polling' ? 'layers-http' : 'layers-websocket';
  },
  Picture,
  Extra,
  run,
});
