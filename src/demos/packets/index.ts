import { PacketPicture } from '../../views/PacketPicture.tsx';
import { defineSimulatedDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { simulatePackets } from './simulate.ts';

export default defineSimulatedDemo({
  title: 'A message in packets',
  action:
    'Simulates how a message is cut into packets, what a link can do to them, and how it is put together again.',
  params: {
    messages: {
      label: 'Messages',
      options: [
        { value: '1', label: 'one' },
        { value: '3', label: 'three at once' },
      ],
      initial: '1',
    },
    size: {
      label: 'Bytes in a message',
      options: [
        { value: '40', label: '40' },
        { value: '1400', label: '1400' },
        { value: '4000', label: '4000' },
      ],
      initial: '4000',
    },
    cut: {
      label: 'Cut by',
      options: [
        { value: 'program', label: 'the program (numbered pieces)' },
        { value: 'ip', label: 'IP (fragments)' },
        { value: 'tcp', label: 'TCP (segments)' },
      ],
      initial: 'program',
    },
    mtu: {
      label: 'MTU of the link',
      options: [
        { value: '1500', label: '1500 bytes (Ethernet)' },
        { value: '1280', label: '1280 bytes (least of IPv6)' },
        { value: '576', label: '576 bytes' },
      ],
      initial: '1500',
    },
    trouble: {
      label: 'On the way',
      options: [
        { value: 'none', label: 'nothing happens' },
        { value: 'lost', label: 'the second packet is lost' },
        { value: 'routes', label: 'two routes, one of them longer' },
        { value: 'overtaken', label: 'the second is overtaken' },
        { value: 'twice', label: 'the second arrives twice' },
        { value: 'all', label: 'held back, lost, doubled' },
      ],
      initial: 'none',
    },
  },
  simulate: simulatePackets,
  Picture: PacketPicture,
  Extra,
});
