import { defineLiveDemo } from '../demo.ts';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'From HTTP to WebSocket',
  action:
    'Opens a real Socket.IO connection to a lab of your own, says hello three times, and closes.',
  params: {
    transports: {
      label: 'The client may use',
      options: [
        { value: 'both', label: 'HTTP polling first, then WebSocket' },
        { value: 'websocket', label: 'WebSocket only' },
        { value: 'polling', label: 'HTTP polling only' },
      ],
      initial: 'both',
    },
  },
  lab,
  recorded: ({ transports }) => `handshake-${transports}`,
  run,
});
