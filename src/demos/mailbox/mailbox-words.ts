// What the account of a mailbox calls its parts.

import type { QueueWords } from '../../views/queue-marks.ts';

export const MAILBOX_WORDS: QueueWords = {
  queue: 'the mailbox',
  producer: 'Ben',
  consumer: 'Ada',
  published: 'left for Ada',
  handled: 'read',
  // It keeps every letter until it is confirmed, and takes them all.
  unused: ['passed', 'dropped'],
};
