import { PacketPicture } from '../../views/PacketPicture.tsx';
import { BESIDE, defineSimulatedDemo } from '../demo.ts';
import { besideLanes } from './beside.ts';
import { Extra } from './Extra.tsx';
import { simulateLanes } from './simulate.ts';

export default defineSimulatedDemo({
  title: 'UDP and TCP side by side',
  action:
    'Simulates one list of messages over two links with the same faults at the same moments: UDP on one, TCP on the other.',
  params: {
    workload: {
      label: 'What is sent',
      options: [
        { value: 'sensor', label: 'a sensor: a value each 60 ms' },
        { value: 'call', label: 'a video call: a picture each 33 ms' },
        { value: 'file', label: 'a file, all at once' },
      ],
      initial: 'sensor',
    },
    trouble: {
      label: 'The links lose',
      options: [
        { value: 'none', label: 'nothing' },
        { value: 'one', label: 'one packet' },
        { value: 'burst', label: 'several in a row' },
        { value: 'chance', label: 'by chance, now and then' },
      ],
      initial: 'one',
    },
    delay: {
      label: 'Delay one way',
      options: [
        { value: '5', label: '5 ms (one town)' },
        { value: '20', label: '20 ms (one country)' },
        { value: '80', label: '80 ms (an ocean)' },
      ],
      initial: '20',
    },
    seed: { label: 'Throw of the dice', unit: '', min: 1, max: 20, step: 1, initial: '1' },
    beside: BESIDE,
  },
  simulate: simulateLanes,
  Picture: PacketPicture,
  Extra,
  beside: besideLanes,
});
