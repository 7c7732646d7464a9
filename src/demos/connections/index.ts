import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'One port, many connections',
  action:
    'Connects several real clients to one port of a lab of your own, and shows address and port at both ends of each connection.',
  params: {
    clients: {
      label: 'Clients',
      options: [
        { value: '1', label: 'only yours' },
        { value: '2', label: 'yours and Ada’s' },
        { value: '3', label: 'three' },
        { value: '5', label: 'five (three where they only poll)' },
      ],
      initial: '3',
    },
    transports: {
      label: 'They may use',
      options: [
        { value: 'websocket', label: 'WebSocket only' },
        { value: 'both', label: 'HTTP polling first, then WebSocket' },
        { value: 'polling', label: 'HTTP polling only' },
      ],
      initial: 'websocket',
    },
    leaves: {
      label: 'Ada',
      options: [
        { value: 'no', label: 'stays' },
        { value: 'yes', label: 'hangs up and comes back' },
      ],
      initial: 'no',
    },
  },
  lab,
  recorded({ clients, transports, leaves }) {
    if (transports !== 'websocket') return `connections-${transports}`;
    if (clients === '1') return 'connections-one';
    return leaves === 'yes' ? 'connections-leaves' : 'connections-three';
  },
  Extra,
  run,
});
