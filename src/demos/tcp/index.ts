import { PacketPicture } from '../../views/PacketPicture.tsx';
import { BESIDE, defineSimulatedDemo } from '../demo.ts';
import { besideTcp } from './conditions.ts';
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
        { value: '100000', label: '100,000' },
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
        { value: 'chance', label: '3 of 100 packets of the client, by chance' },
        { value: 'these', label: 'exactly these packets of the client:' },
      ],
      initial: 'none',
    },
    drop: { label: 'Packets to lose (the SYN is 1)', maxLength: 60, initial: '6' },
    delay: {
      label: 'Delay one way',
      options: [
        { value: '5', label: '5 ms' },
        { value: '20', label: '20 ms' },
        { value: '80', label: '80 ms' },
      ],
      initial: '20',
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
    beside: BESIDE,
  },
  simulate: simulateTcp,
  Picture: PacketPicture,
  Extra,
  beside: besideTcp,
});
