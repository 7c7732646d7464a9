// The simulated runs of the lessons: the graders read them, each question gets an answer that is one of
// its options, and the answers are these. A grader that knew the answer would fail here.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../src/capture/capture.ts';
import { fitParams, type SimulatedDemo } from '../src/demos/demo.ts';
import packets from '../src/demos/packets/index.ts';
import tcp from '../src/demos/tcp/index.ts';
import tcpVsUdp from '../src/demos/tcp-vs-udp/index.ts';
import udp from '../src/demos/udp/index.ts';
import { GRADERS } from '../src/lessons/graders.ts';
import { findMoment, isMoment } from '../src/lessons/moments.ts';

const DEMOS: Readonly<Record<string, SimulatedDemo>> = {
  packets,
  tcp,
  udp,
  'tcp-vs-udp': tcpVsUdp,
};

const run = (demo: string, params = ''): Capture => {
  const found = DEMOS[demo];
  if (!found) throw new Error(`no simulated demo ${demo}`);
  return found.simulate(fitParams(found, Object.fromEntries(new URLSearchParams(params))));
};

const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packets?': { 'packet-count': 'three', 'message-whole': 'whole', 'arrival-order': 'same' },
  'packets?mtu=576': { 'packet-count': '8' },
  'packets?trouble=lost': { 'message-whole': 'nothing', 'lost-and-sent-again': 'lost' },
  'packets?trouble=routes': { 'message-whole': 'whole', 'arrival-order': 'other' },
  'packets?trouble=overtaken': { 'message-whole': 'whole', 'arrival-order': 'other' },
  'packets?trouble=twice': { 'copies-of-a-packet': 'ignored', 'message-whole': 'whole' },
  'packets?cut=ip': { 'message-whole': 'whole', 'packet-count': 'three' },
  'packets?cut=ip&trouble=lost': { 'message-whole': 'nothing' },
  'packets?cut=ip&trouble=overtaken': { 'message-whole': 'whole', 'arrival-order': 'other' },
  'packets?cut=tcp&trouble=lost': {
    'message-whole': 'whole',
    'lost-and-sent-again': 'again',
    'packets-to-open': 'three',
    'loss-noticed-by': 'acknowledgements',
  },
  'packets?cut=tcp&messages=3&size=40': {
    'messages-per-packet': 'together',
    'lost-and-sent-again': 'none',
  },
  'packets?messages=3&size=40': { 'messages-per-packet': 'each' },
  'udp?': { 'transport-header': '8', 'sender-is-told': 'nothing', 'reliable-enough': 'reliable' },
  'udp?pace=together': { 'messages-per-packet': 'each' },
  'udp?carrier=tcp&pace=together': { 'messages-per-packet': 'together', 'transport-header': '32' },
  'udp?link=bad': { 'reliable-enough': 'missing', 'sender-is-told': 'nothing' },
  'udp?link=bad&number=yes&order=in-order': { 'reliable-enough': 'missing' },
  'udp?link=bad&timeout=100': { 'reliable-enough': 'twice' },
  'udp?link=bad&ack=yes&timeout=100': {
    'reliable-enough': 'missing',
    'sender-is-told': 'something',
  },
  'udp?link=bad&number=yes&ack=yes&timeout=100': {
    'reliable-enough': 'order',
    'copies-of-a-packet': 'ignored',
  },
  'udp?link=bad&number=yes&ack=yes&timeout=100&order=in-order': { 'reliable-enough': 'reliable' },
  'udp?link=bad&carrier=tcp': { 'lost-and-sent-again': 'again', 'reliable-enough': 'reliable' },
  'tcp?': {
    'packets-to-open': 'three',
    'second-sequence-number': '1449',
    'fins-to-close': 'two',
    'at-zero-window': 'open',
    'lost-and-sent-again': 'none',
  },
  'tcp?loss=middle': { 'receiver-says': 'repeats', 'loss-noticed-by': 'acknowledgements' },
  'tcp?loss=last': { 'loss-noticed-by': 'probe', 'receiver-says': 'silence' },
  'tcp?loss=last&profile=textbook': { 'loss-noticed-by': 'timeout' },
  'tcp?loss=syn': { 'loss-noticed-by': 'timeout', 'lost-and-sent-again': 'again' },
  'tcp?loss=ack': { 'lost-and-sent-again': 'lost' },
  'tcp?reader=pauses': { 'at-zero-window': 'waits' },
  'tcp?reader=pauses&profile=textbook': { 'at-zero-window': 'waits' },
  'tcp?size=200000&loss=queue': { 'first-flight': '10', 'window-after-loss': 'smaller' },
  'tcp?size=4000': { 'first-flight': 'all', 'who-waits': 'client' },
  'tcp?loss=last&profile=textbook&size=60000': { 'window-after-loss': 'one' },
  'tcp?end=abort': {
    'answer-to-reset': 'nothing',
    'bytes-at-reset': 'part',
    'who-waits': 'nobody',
  },
  'tcp?end=abort&size=4000': { 'bytes-at-reset': 'all' },
  'tcp-vs-udp?trouble=none': { 'faster-lane': 'same', 'loss-over-tcp': 'nothing' },
  'tcp-vs-udp?trouble=one': { 'loss-over-tcp': 'delay', 'loss-over-udp': 'missing' },
  'tcp-vs-udp?workload=call&trouble=burst': { 'held-up-messages': 'several' },
  'tcp-vs-udp?workload=call&trouble=burst&delay=80': { 'lane-in-time': 'udp' },
  'tcp-vs-udp?trouble=chance': { 'fresher-lane': 'udp', 'loss-over-udp': 'missing' },
  'tcp-vs-udp?trouble=chance&seed=5': { 'fresher-lane': 'same', 'loss-over-udp': 'nothing' },
  'tcp-vs-udp?workload=file&trouble=burst': { 'lane-with-everything': 'tcp' },
  'tcp-vs-udp?workload=file&trouble=none': { 'lane-with-everything': 'both' },
};

describe.each(Object.entries(ANSWERS))('%s', (address, answers) => {
  const [demo = '', params = ''] = address.split('?');
  const capture = run(demo, params);

  it.each(Object.entries(answers))('answers %s with %s', (grader, answer) => {
    const grade = GRADERS[grader]?.(capture);
    expect(grade?.answer).toBe(answer);
    const { evidence } = grade ?? {};
    if (evidence) expect(capture.frames[evidence.frame]?.layers[evidence.layer]).toBeDefined();
  });

  it('is modelled, the same every time, and made of packets without a fault', () => {
    expect(capture.provenance).toBe('modelled');
    expect(run(demo, params)).toEqual(capture);
    expect(capture.frames.length).toBeGreaterThan(0);
    for (const { layers, at, transit } of capture.frames) {
      expect(layers.flatMap(({ problems }) => problems)).toEqual([]);
      expect(at).toBeGreaterThan(0);
      expect(transit?.leftAt).toBe(at);
    }
  });
});

const FOLDER = new URL('./lessons/', import.meta.url);

/** Each question that a simulated run grades, with the last demo named before it. */
const QUESTIONS = readdirSync(FOLDER).flatMap((file) => {
  const source = readFileSync(new URL(file, FOLDER), 'utf8');
  let shown: { demo: string; params: string; until: string } | undefined;
  const parts = source.matchAll(/<Demo ([^>]*)\/>|<Predict ([^>]*)>([\s\S]*?)<\/Predict>/g);
  return [...parts].flatMap(([, demo, predict, options]) => {
    const attribute = (text: string, name: string) =>
      new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? '';
    if (demo !== undefined) {
      const [name, params, until] = ['name', 'params', 'until'].map((key) => attribute(demo, key));
      shown = { demo: name ?? '', params: params ?? '', until: until ?? '' };
    }
    if (predict === undefined || !shown || !DEMOS[shown.demo]) return [];
    const values = [...(options ?? '').matchAll(/<Option value="([^"]+)"/g)].map(([, one]) => one);
    return [
      {
        ...shown,
        id: `${file} ${attribute(predict, 'id')}`,
        grade: attribute(predict, 'grade'),
        values,
      },
    ];
  });
});

it.each(QUESTIONS)(
  '$id is answered by one of its options',
  ({ demo, params, until, grade, values }) => {
    const capture = run(demo, params);
    expect(values).toContain(GRADERS[grade]?.(capture)?.answer);
    expect(isMoment(until) && findMoment(capture, until)).toBeTruthy();
  },
);
