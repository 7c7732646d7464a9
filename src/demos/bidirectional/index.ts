import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

const WISHES = [
  { value: 'volume-45', label: 'sets the volume to 45' },
  { value: 'volume-20', label: 'sets the volume to 20' },
  { value: 'volume-90', label: 'sets the volume to 90' },
  { value: 'mute', label: 'mutes the sound' },
  { value: 'source-2', label: 'puts HDMI 2 on the display' },
  { value: 'nothing', label: 'is not touched' },
] as const;

export default defineLiveDemo({
  title: 'A room of devices',
  action:
    'Opens a room in a lab of your own: two touch panels, an amplifier, a display and a sensor, each with a connection of its own. Over polling only panel 1, the amplifier and the sensor, because each holds a request open and a browser allows six connections to one place.',
  params: {
    transport: {
      label: 'The devices use',
      options: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'polling', label: 'HTTP long polling' },
      ],
      initial: 'websocket',
    },
    hears: {
      label: 'A panel hears news',
      options: [
        { value: 'told', label: 'because the server tells it' },
        { value: '500', label: 'when it asks, every 500 ms' },
        { value: '1500', label: 'when it asks, every 1500 ms' },
      ],
      initial: 'told',
    },
    panel1: { label: 'Panel 1', options: WISHES, initial: 'volume-45' },
    panel2: { label: 'Panel 2', options: WISHES, initial: 'source-2' },
    when: {
      label: 'Panel 2 is touched',
      options: [
        { value: 'after', label: 'after panel 1' },
        { value: 'same', label: 'at the same moment' },
      ],
      initial: 'after',
    },
    sensor: {
      label: 'The sensor',
      options: [
        { value: 'comes', label: 'sees somebody come in' },
        { value: 'silent', label: 'sees nobody' },
      ],
      initial: 'comes',
    },
    amplifier: {
      label: 'The amplifier',
      options: [
        { value: 'there', label: 'is there all the time' },
        { value: 'cut', label: 'leaves first and comes back last' },
      ],
      initial: 'there',
    },
    answer: {
      label: 'A wish is acknowledged',
      options: [
        { value: 'device', label: 'when the device has done it' },
        { value: 'server', label: 'as soon as the server has it' },
      ],
      initial: 'device',
    },
    rule: {
      label: 'A wish based on old news',
      options: [
        { value: 'last', label: 'counts: the last one wins' },
        { value: 'version', label: 'is refused: it names the version' },
      ],
      initial: 'last',
    },
    lent: {
      label: 'A hand from outside',
      options: [
        { value: 'no', label: 'nobody else touches anything' },
        { value: 'yes', label: 'whoever has its address drives a panel' },
      ],
      initial: 'no',
    },
  },
  lab,
  recorded,
  Extra,
  run,
});

/** One recording for each case of the lesson. */
function recorded(params: Readonly<Record<string, string>>): string {
  const { transport, hears, panel1, when, rule, answer, amplifier } = params;
  if (transport === 'polling') return hears === 'told' ? 'room-polling-told' : 'room-polling-asks';
  if (amplifier === 'cut') return `room-cut-${answer}`;
  if (when === 'same') return `room-same-${rule}`;
  return panel1 === 'volume-90' ? `room-limit-${answer}` : 'room-told';
}
