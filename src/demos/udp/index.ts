import { PacketPicture } from '../../views/PacketPicture.tsx';
import { defineSimulatedDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { simulateUdp } from './simulate.ts';

const NO_YES = [
  { value: 'no', label: 'no' },
  { value: 'yes', label: 'yes' },
];

export default defineSimulatedDemo({
  title: 'Datagrams, and what you build on them',
  action:
    'Simulates six readings of a thermometer over UDP, with as much of a protocol on top as you choose, or over TCP.',
  params: {
    carrier: {
      label: 'Over',
      options: [
        { value: 'udp', label: 'UDP' },
        { value: 'tcp', label: 'TCP' },
      ],
      initial: 'udp',
    },
    link: {
      label: 'The link',
      options: [
        { value: 'good', label: 'is good' },
        { value: 'bad', label: 'loses, holds back and doubles' },
        { value: 'chance', label: 'does so by chance' },
      ],
      initial: 'good',
    },
    number: { label: 'Number in each message', options: NO_YES, initial: 'no' },
    ack: { label: 'Acknowledgements', options: NO_YES, initial: 'no' },
    timeout: {
      label: 'Send again after',
      options: [
        { value: 'never', label: 'never' },
        { value: '30', label: '30 ms' },
        { value: '100', label: '100 ms' },
        { value: '500', label: '500 ms' },
      ],
      initial: 'never',
    },
    order: {
      label: 'Handle them',
      options: [
        { value: 'as-they-come', label: 'as they come' },
        { value: 'in-order', label: 'in order of their numbers' },
      ],
      initial: 'as-they-come',
    },
    pace: {
      label: 'The six leave',
      options: [
        { value: 'apart', label: '20 ms apart' },
        { value: 'together', label: 'all at once' },
      ],
      initial: 'apart',
    },
    seed: { label: 'Throw of the dice', unit: '', min: 1, max: 20, step: 1, initial: '1' },
  },
  simulate: simulateUdp,
  Picture: PacketPicture,
  Extra,
});
