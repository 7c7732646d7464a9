// One run of a live demo: a lab of one's own, its client, and the capture as it grows. Draws nothing.

import type { Capture } from '../capture/capture.ts';
import { LABS_VERSION, type OpenedLab, type SentText } from '../contract/labs.ts';
import type { ClientOptions, LabClient, LabRun, LiveDemo } from '../demos/demo.ts';
import type { FaultScript } from '../faults/script.ts';
import { ask } from './app-socket.ts';
import { createLabClient } from './lab-client.ts';
import { measureClock } from './lab-clock.ts';
import { type Lent, lendDevice } from './lend-device.ts';
import { NoteWriter } from './note-writer.ts';
import { PollingPlaces } from './polling-places.ts';
import { followTap, type TapFeed } from './tap-feed.ts';

type Params = Readonly<Record<string, string>>;

export type DemoStatus = 'running' | 'finished' | 'failed';

export interface DemoSnapshot {
  readonly status: DemoStatus;
  readonly capture: Capture | undefined;
  /** What happened and what to do, for the learner. Of a finished run: why no more comes of it. */
  readonly failure?: string;
  /** Where the labs listen, once that is known. */
  readonly at?: OpenedLab['at'];
  /** Of a simulated run: what is known of the kernel's run beside it, for the learner. */
  readonly beside?: string;
  /** Those settings have no recording of a kernel; others have. */
  readonly isUnrecorded?: boolean;
  /** A device that others can drive now. */
  readonly lent?: Lent | undefined;
}

/** The lane of the first client. */
const MAIN = 'main';

/** How long after the last step the tap's last records may still be on their way. */
const SETTLE_MS = 150;

export class DemoRun {
  #snapshot: DemoSnapshot = { status: 'running', capture: undefined };
  #feed: TapFeed | undefined;
  #opened: OpenedLab | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #clients: LabClient[] = [];
  #isClosed = false;

  /** Starts at once. `script` is what the learner wants of the link, from the first byte on. */
  constructor(demo: LiveDemo, params: Params, script?: FaultScript) {
    void this.#drive(demo, params, script).catch((error: unknown) => this.#fail(error));
  }

  readonly snapshot = (): DemoSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Ends the run and takes the lab down. The capture stays. */
  close(): void {
    this.#isClosed = true;
    this.#snapshot.lent?.end();
    this.#disconnect();
    this.#feed?.stop();
    if (this.#opened) void ask('lab:close', owned(this.#opened));
    this.#opened = undefined;
  }

  /** The capture as a file; fails with a sentence for the learner. */
  async export(): Promise<{ name: string; bytes: Blob }> {
    const lab = this.#lab();
    const answer = await fetch(`/api/labs/${lab.lab}/capture.pcapng`, {
      headers: { authorization: `Bearer ${lab.token}` },
    });
    if (!answer.ok) throw new Error(((await answer.json()) as { message: string }).message);
    return { name: `wirelight-${lab.lab}.pcapng`, bytes: await answer.blob() };
  }

  /** Publishes a frozen copy; resolves with its name. Fails with a sentence for the learner. */
  async publish(): Promise<string> {
    const reply = await ask<{ capture: string }>('lab:publish', owned(this.#lab()));
    if (!reply.ok) throw new Error(reply.message);
    return reply.value.capture;
  }

  async #drive(demo: LiveDemo, params: Params, script?: FaultScript): Promise<void> {
    const { wantsPackets, ...options } = demo.lab(params);
    const link = script && script.entries.length > 0 ? { link: script } : {};
    const reply = await ask<OpenedLab>('lab:open', { version: LABS_VERSION, ...options, ...link });
    if (!reply.ok) throw new Error(reply.message);
    this.#opened = reply.value;
    this.#set({ ...this.#snapshot, at: reply.value.at });
    if (this.#isClosed) {
      this.close();
      return;
    }
    const feed = followTap(reply.value.lab, reply.value.token);
    this.#feed = feed;
    feed.onChange(() => this.#set({ ...this.#snapshot, capture: feed.capture() }));
    feed.onRefused((sentence) => this.#stopped(sentence));
    // Where they are not seen, the picture derives them and says so.
    if (wantsPackets) await ask('lab:packets', owned(reply.value));
    await this.#run(demo, params, reply.value, 'link' in link);
    // The run is over for the link too: it says which places of the script did not come.
    if (script) await ask('lab:link', { ...owned(reply.value), script: null });
    await wait(SETTLE_MS);
    if (this.#snapshot.status === 'failed') return;
    this.#set({ ...this.#snapshot, status: 'finished', capture: feed.capture() });
  }

  /**
   * From the first connection to the last note. What the learner wants of the link goes before what the
   * demo would do to it.
   */
  async #run(demo: LiveDemo, params: Params, opened: OpenedLab, isOwnLink: boolean): Promise<void> {
    const clock = await measureClock(opened);
    const notes = new NoteWriter(opened);
    const places = new PollingPlaces();
    const open = (options: ClientOptions): LabClient => {
      const { lane, name: who } = options;
      const transports = options.transports ?? demo.lab(params).lanes[lane]?.transports;
      const all = { ...options, ...(transports ? { transports } : {}) };
      const client = createLabClient({
        opened,
        options: all,
        note(what, message, detail) {
          const { at: wroteAt, errorMicros } = clock.now();
          const note = { lane, who, what, message, wroteAt, errorMicros };
          notes.add(detail === undefined ? note : { ...note, detail });
        },
      });
      this.#clients.push(client);
      const connect = async (): Promise<void> => {
        places.take(all);
        await client.connect();
      };
      return { ...client, connect };
    };
    const order: LabRun['order'] = async (lane, order, settings = {}) => {
      const reply = await ask<null>('lab:order', { ...owned(opened), lane, order, settings });
      if (!reply.ok) throw new Error(reply.message);
    };
    const link: LabRun['link'] = async (script) => {
      if (isOwnLink) return;
      const reply = await ask<null>('lab:link', { ...owned(opened), script: script ?? null });
      if (!reply.ok) throw new Error(reply.message);
    };
    const send: LabRun['send'] = async (lane, text) => {
      const reply = await ask<SentText>('lab:send', { ...owned(opened), lane, text });
      if (!reply.ok) throw new Error(reply.message);
    };
    const lend: LabRun['lend'] = (device, ms, touch) => {
      const onLent = (lent: Lent | undefined) => this.#set({ ...this.#snapshot, lent });
      return lendDevice({ opened, device, ms, touch, onLent });
    };
    const client = open({ lane: MAIN, name: 'browser' });
    try {
      await demo.run({ client, open, order, link, send, lend, wait }, params);
    } finally {
      this.#disconnect();
      await notes.flush();
    }
  }

  #disconnect(): void {
    for (const client of this.#clients) client.disconnect();
  }

  #lab(): OpenedLab {
    if (this.#opened) return this.#opened;
    throw new Error('This run is over and its lab was taken down. Run it again to export it.');
  }

  /** Nothing more is seen of the lab, which ends a run and only closes a finished one. */
  #stopped(sentence: string): void {
    if (this.#snapshot.status === 'running') this.#fail(new Error(sentence));
    else this.#set({ ...this.#snapshot, failure: sentence });
  }

  #fail(error: unknown): void {
    this.#disconnect();
    // The first reason is the one: what fails after it fails because of it.
    if (this.#snapshot.status === 'failed') return;
    const failure = error instanceof Error ? error.message : String(error);
    this.#set({ ...this.#snapshot, status: 'failed', failure });
  }

  #set(snapshot: DemoSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

const owned = ({ lab, token }: OpenedLab) => ({ lab, token });

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
