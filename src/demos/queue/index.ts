import { defineLiveDemo } from '../demo.ts';
import { Extra } from './Extra.tsx';
import { lab, run } from './live.ts';

export default defineLiveDemo({
  title: 'A message queue',
  action:
    'Starts a small real queue in a lab of your own, with one producer and two consumers, and publishes six messages.',
  params: {
    promise: {
      label: 'Promise',
      options: [
        { value: 'at-most-once', label: 'at most once: send and forget' },
        { value: 'at-least-once', label: 'at least once: until confirmed' },
        { value: 'effectively-once', label: 'effectively once: and ids remembered' },
      ],
      initial: 'at-least-once',
    },
    crash: {
      label: 'Consumer A crashes',
      options: [
        { value: 'no', label: 'not at all' },
        { value: 'before', label: 'before the work on its second message' },
        { value: 'after', label: 'after that work, before it confirms' },
      ],
      initial: 'no',
    },
    pattern: {
      label: 'Who gets a message',
      options: [
        { value: 'work', label: 'one of the consumers (work queue)' },
        { value: 'fan-out', label: 'every consumer (publish/subscribe)' },
      ],
      initial: 'work',
    },
    prefetch: {
      label: 'Unconfirmed messages at a time',
      options: [
        { value: '1', label: '1' },
        { value: '3', label: '3' },
      ],
      initial: '1',
    },
    poison: {
      label: 'Message m-3',
      options: [
        { value: 'no', label: 'is like the others' },
        { value: 'yes', label: 'fails whoever works on it' },
      ],
      initial: 'no',
    },
    full: {
      label: 'Room for',
      options: [
        { value: 'no', label: 'all messages' },
        { value: 'reject', label: 'two; further ones are refused' },
        { value: 'drop the oldest', label: 'two; the oldest is dropped' },
        { value: 'hold back', label: 'two; the producer waits' },
      ],
      initial: 'no',
    },
  },
  lab,
  recorded: ({ promise, crash, poison }) =>
    poison === 'yes' ? 'queue-poison' : `queue-${promise}-${crash}`,
  Extra,
  run,
});
