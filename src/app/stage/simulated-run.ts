// One run of a simulated demo: computed at once, in the browser, and where the settings ask for it a run of
// a kernel laid beside it, recorded earlier or observed now.

import { besideModel, type KernelLane } from '../../capture/beside.ts';
import type { Capture } from '../../capture/capture.ts';
import { type PacketRecord, writePacketFile } from '../../capture/packets.ts';
import { writeTransitFile } from '../../capture/transit-file.ts';
import type { BesideLane, SimulatedDemo } from '../../demos/demo.ts';
import type { DemoSnapshot } from '../../live/demo-run.ts';
import type { KernelRecording } from '../../live/recorded.ts';
import type { StageableRun } from './stageable-run.ts';

const COMMENT =
  'Made by Wirelight’s simulator. Every packet is modelled: none of them crossed a network.';
const KERNEL_COMMENT =
  'Exported by Wirelight: the real TCP or UDP of a Linux kernel, seen at both ends of Wirelight’s link. Each interface is one end of it, so each packet that arrived stands here twice; frame.interface_id == 0 in Wireshark shows the client’s end alone.';
const NONE_RECORDED = 'No recording has these settings.';

export interface SimulatedSnapshot extends DemoSnapshot {
  /** A kernel's run of these settings is under way. */
  readonly isObserving?: boolean;
}

type Params = Readonly<Record<string, string>>;

export class SimulatedRun implements StageableRun {
  readonly #id: string;
  readonly #model: Capture;
  readonly #lanes: readonly BesideLane[];
  readonly #listeners = new Set<() => void>();
  #snapshot: SimulatedSnapshot;
  #observing: AbortController | undefined;
  /** What was seen of a kernel, of all lanes. */
  #kernel: readonly PacketRecord[] = [];

  /** `params`: fit for the demo. A recording is fetched at once; a kernel waits for `observe`. */
  constructor(id: string, demo: SimulatedDemo, params: Params) {
    this.#id = id;
    this.#model = demo.simulate(params);
    const wish = demo.beside ? params.beside : 'none';
    const lanes = wish === 'none' ? [] : (demo.beside?.lanes(params) ?? []);
    this.#lanes = typeof lanes === 'string' ? [] : lanes;
    this.#snapshot = { status: 'finished', capture: this.#model };
    if (typeof lanes === 'string') this.#snapshot = { ...this.#snapshot, beside: lanes };
    else if (wish === 'recorded') this.#recall(lanes);
  }

  readonly snapshot = (): SimulatedSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    this.#observing?.abort();
  }

  /** Runs it on the server's kernel now; a run that is under way is left to end. */
  observe(): void {
    if (this.#observing || this.#lanes.length === 0) return;
    const controller = new AbortController();
    this.#observing = controller;
    this.#set({ ...this.#snapshot, isObserving: true, beside: RUNS_NOW });
    void this.#observe(controller.signal)
      .catch((error: unknown) => this.#set({ ...this.#withModel(), beside: sentenceOf(error) }))
      .finally(() => {
        this.#observing = undefined;
      });
  }

  /** As a capture at the client has them: the model's packets, and of a kernel's none. */
  async export(): Promise<{ name: string; bytes: Blob }> {
    const records = this.#model.frames.flatMap(({ transit, sources }) => {
      const bytes = sources[0]?.bytes;
      return transit && bytes ? [{ ...transit, bytes }] : [];
    });
    const file = new Uint8Array(writePacketFile(records, 'client', COMMENT));
    return { name: `wirelight-${this.#id}.pcapng`, bytes: new Blob([file]) };
  }

  async exportKernel(): Promise<{ name: string; bytes: Blob }> {
    const file = new Uint8Array(
      writeTransitFile(this.#kernel, ['client', 'server'], KERNEL_COMMENT),
    );
    return { name: `wirelight-${this.#id}-kernel.pcapng`, bytes: new Blob([file]) };
  }

  #recall(lanes: readonly BesideLane[]): void {
    const names = lanes.flatMap(({ recorded }) => recorded ?? []);
    if (names.length < lanes.length) {
      this.#snapshot = { ...this.#snapshot, beside: NONE_RECORDED, isUnrecorded: true };
      return;
    }
    this.#snapshot = { status: 'running', capture: undefined };
    import('../../live/recorded.ts')
      .then(({ loadKernelRun }) => Promise.all(names.map(loadKernelRun)))
      .then(
        (seen) => this.#set(this.#withRecorded(seen)),
        (error: unknown) => this.#set({ ...this.#withModel(), beside: sentenceOf(error) }),
      );
  }

  #withRecorded(seen: readonly KernelRecording[]): SimulatedSnapshot {
    const [{ kernel = '', day = '' } = {}] = seen;
    const capture = this.#beside(
      'recorded',
      seen.map(({ records }) => records),
    );
    const late = lateness(Math.max(...seen.map(({ latest }) => latest)));
    return { ...this.#withModel(), capture, beside: `Recorded on ${kernel}, ${day}. ${late}` };
  }

  async #observe(signal: AbortSignal): Promise<void> {
    const { runOnServer } = await import('../../live/kernel-run.ts');
    const { records, kernel, latest, isComplete } = await runOnServer(
      this.#lanes.map(({ run }) => run),
      {
        signal,
        onAhead: (runs) => {
          if (this.#observing && !signal.aborted) {
            this.#set({ ...this.#snapshot, beside: runs > 0 ? waitsFor(runs) : RUNS_NOW });
          }
        },
      },
    );
    if (signal.aborted) return;
    const end = isComplete ? '' : ' Its time was over before the connection was.';
    const beside = `Observed on ${kernel}. ${lateness(latest)}${end}`;
    this.#set({ ...this.#withModel(), capture: this.#beside('observed', records), beside });
  }

  #beside(
    provenance: KernelLane['provenance'],
    records: readonly (readonly PacketRecord[])[],
  ): Capture {
    this.#kernel = records.flat();
    return besideModel(
      this.#model,
      this.#lanes.map(({ lane }, i) => ({ beside: lane, provenance, records: records[i] ?? [] })),
    );
  }

  #withModel(): SimulatedSnapshot {
    return { status: 'finished', capture: this.#model };
  }

  #set(snapshot: SimulatedSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

const RUNS_NOW = 'The server’s kernel runs these settings now.';

const waitsFor = (runs: number): string =>
  runs === 1
    ? 'One run is before yours: the kernel link takes one at a time.'
    : `${runs} runs are before yours: the kernel link takes one at a time.`;

/** What of a difference can be the machine's. */
const lateness = (latest: number): string =>
  `The link handed packets over up to ${(latest / 1_000).toFixed(1)} ms late, and the programs took time of their own: the model counts neither.`;

const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
