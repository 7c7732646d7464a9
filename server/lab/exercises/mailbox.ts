// A mailbox that keeps what was not confirmed. The program itself is the one that the lesson shows.

import { mailboxServer } from '../../../src/programs/mailbox-server.ts';
import type { Exercise } from './exercise.ts';
import { noteKeeping } from './keeping.ts';
import { keepSmall } from './small.ts';

export const mailbox: Exercise = {
  name: 'mailbox',
  attach(lane) {
    const { io } = lane;
    keepSmall(io);
    noteKeeping(lane, 'leave');
    mailboxServer(io);
  },
};
