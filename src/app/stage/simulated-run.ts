// One run of a simulated demo: computed at once, in the browser. No server takes part in it.

import { writePacketFile } from '../../capture/packets.ts';
import type { SimulatedDemo } from '../../demos/demo.ts';
import type { DemoSnapshot } from '../../live/demo-run.ts';
import type { StageableRun } from './stageable-run.ts';

const COMMENT =
  'Made by Wirelight’s simulator. Every packet is modelled: none of them crossed a network.';

export class SimulatedRun implements StageableRun {
  readonly #id: string;
  readonly #snapshot: DemoSnapshot;

  constructor(id: string, demo: SimulatedDemo, params: Readonly<Record<string, string>>) {
    this.#id = id;
    this.#snapshot = { status: 'finished', capture: demo.simulate(params) };
  }

  readonly snapshot = (): DemoSnapshot => this.#snapshot;

  /** Nothing changes any more. */
  readonly subscribe = (): (() => void) => () => undefined;

  close(): void {
    // There is nothing to take down.
  }

  /** As a capture at the client has them. */
  async export(): Promise<{ name: string; bytes: Blob }> {
    const records = (this.#snapshot.capture?.frames ?? []).flatMap(({ transit, sources }) => {
      const bytes = sources[0]?.bytes;
      return transit && bytes ? [{ ...transit, bytes }] : [];
    });
    const file = new Uint8Array(writePacketFile(records, 'client', COMMENT));
    return { name: `wirelight-${this.#id}.pcapng`, bytes: new Blob([file]) };
  }
}
