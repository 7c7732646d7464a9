// When a line of a program ran is read from the capture, and from nothing else.

import { expect, it } from 'vitest';
import { type Capture, innermost } from '../capture/capture.ts';
import { micros } from '../lib/time.ts';
import { inFrames, inNotes, type Listing, runsOf } from './listing.ts';
import { sampleCapture } from './testing/sample.ts';

const TEXT = `button.onClick(() => {
  socket.emit('hello', 'you', show);
});
socket.on('tick', show);`;

const note = (wroteAt: number): Capture['notes'][number] => ({
  kind: 'note',
  seq: 1,
  at: micros(wroteAt),
  lane: 'main',
  who: 'browser',
  what: 'emitted',
  message: '',
  wroteAt: micros(wroteAt),
  errorMicros: 0,
});

const LISTING: Listing = {
  title: 'Client',
  text: TEXT,
  rules: [
    { code: 'socket.emit', ran: inFrames((layer) => layer.summary.includes('hello')) },
    { code: 'button.onClick', ran: inNotes(({ what }) => what === 'emitted') },
    { code: "socket.on('tick'", ran: inFrames((layer) => layer.summary.includes('tick')) },
  ],
};

it('finds the line, the moment and the frame', () => {
  const capture = { ...sampleCapture(2), notes: [note(4_900)] };
  const runs = runsOf(LISTING, capture);
  expect(runs.map(({ line }) => line)).toEqual([0, 1, 3, 3]);
  expect(runs[0]).toEqual({ line: 0, at: 4_900 });
  const frame = capture.frames[runs[1]?.frame ?? -1];
  expect(frame && innermost(frame).summary).toContain('hello');
  expect(runs[1]?.at).toBe(frame?.at);
});

it('says nothing of a line that never ran', () => {
  expect(runsOf(LISTING, { ...sampleCapture(0), notes: [] }).map(({ line }) => line)).toEqual([1]);
});

it('keeps the clients apart: a connection whose owner is unknown is nobody’s', () => {
  const theirs = inFrames(() => true, 'browser');
  expect(theirs({ ...sampleCapture(0), notes: [] })).toEqual([]);
});
