import { PacketPicture } from '../../views/PacketPicture.tsx';
import { defineSimulatedDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { simulateTcp } from './simulate.ts';

export default defineSimulatedDemo({
  title: 'A TCP connection, from SYN to FIN',
  action:
    'Simulates one TCP connection packet by packet: how it opens, counts its bytes, notices a loss, finds how fast it may go, waits for a slow reader, and ends.',
  params: {
    size: {
      label: 'Bytes to send',
      options: [
        { value: '4000', label: '4000' },
        { value: '20000', label: '20,000' },
        { value: '60000', label: '60,000' },
        { value: '200000', label: '200,000' },
      ],
      initial: '20000',
    },
    loss: {
      label: 'The link loses',
      options: [
        { value: 'none', label: 'nothing' },
        { value: 'middle', label: 'the fourth packet with data' },
        { value: 'last', label: 'the last packet with data' },
        { value: 'syn', label: 'the first packet, the SYN' },
        { value: 'ack', label: 'an acknowledgement' },
        { value: 'queue', label: 'what a slower link’s queue cannot hold' },
      ],
      initial: 'none',
    },
    reader: {
      label: 'The server’s program',
      options: [
        { value: 'reads', label: 'reads what comes' },
        { value: 'pauses', label: 'reads nothing for about a second' },
      ],
      initial: 'reads',
    },
    end: {
      label: 'The end',
      options: [
        { value: 'close', label: 'both sides close' },
        { value: 'abort', label: 'the client aborts in the middle' },
        { value: 'refused', label: 'nobody listens at the port' },
      ],
      initial: 'close',
    },
    profile: {
      label: 'TCP as in',
      options: [
        { value: 'linux', label: 'Linux' },
        { value: 'textbook', label: 'the RFCs, plainly' },
      ],
      initial: 'linux',
    },
  },
  simulate: simulateTcp,
  Picture: PacketPicture,
  Extra,
});
