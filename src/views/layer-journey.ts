// What is happening to a message at one moment of its way through the layers, in words. Draws nothing.

import type { Rulers } from './layer-rulers.ts';

const NAMES: Readonly<Record<string, string>> = {
  text: 'the program',
  socketio: 'Socket.IO',
  engineio: 'Engine.IO',
  websocket: 'WebSocket',
  http: 'HTTP',
  tcp: 'TCP',
  ip: 'IP',
};

const nameOf = (name: string): string => NAMES[name] ?? name;
const inBytes = (count: number): string => `${count} byte${count === 1 ? '' : 's'}`;

/**
 * `moment` counts layers: 0 on the wire, negative at the sender, positive at the receiver; farther from
 * 0 is nearer to the program.
 */
export function journeyWords({ levels, packets, packetLength }: Rulers, moment: number): string {
  const bottom = levels.length - 1;
  const at = bottom - Math.abs(moment);
  const level = levels[at];
  if (!level || moment === 0) {
    const one = packets === 1 ? 'one packet' : `one of ${packets} packets`;
    return `On the wire: ${one} with ${packetLength} bytes, without the header of the link.`;
  }
  const { name, size } = level;
  // What there is above TCP counts for the whole message; below it, for this packet.
  const sum = levels.slice(0, at + 1).reduce((all, one) => all + one.size, 0);
  const whole = name === 'ip' ? packetLength : sum;
  const [first] = levels;
  if (at === 0) {
    return moment < 0
      ? `Sender: ${nameOf(first?.name ?? '')} hands over ${inBytes(size)}.`
      : `Receiver: ${nameOf(first?.name ?? '')} is given ${inBytes(size)}, the same as at the start.`;
  }
  if (moment < 0) {
    if (name === 'tcp' && packets > 1) {
      return `Sender, going down: TCP cuts the bytes into ${packets} pieces and puts ${inBytes(size)} before each.`;
    }
    return `Sender, going down: ${nameOf(name)} adds ${inBytes(size)} of its own. Now there are ${whole}.`;
  }
  if (name === 'tcp' && packets > 1) {
    return `Receiver, going up: IP has taken off its headers. TCP puts the ${packets} pieces in order again.`;
  }
  const below = levels[at + 1];
  const gone =
    below && below.size > 0
      ? `${nameOf(below.name)} has taken off its ${inBytes(below.size)}`
      : 'The link has brought the packet';
  return `Receiver, going up: ${gone}. ${nameOf(name)} reads its own part and passes on the rest.`;
}
