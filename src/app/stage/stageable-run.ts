// What the page needs of a run, whether a server takes part in it or not.

import type { DemoSnapshot } from '../../live/demo-run.ts';

export interface StageableRun {
  readonly snapshot: () => DemoSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  close(): void;
  /** The capture as a file; fails with a sentence for the learner. */
  export(): Promise<{ name: string; bytes: Blob }>;
  /** The packets of the kernel that stands beside a model, where one does. */
  exportKernel?(): Promise<{ name: string; bytes: Blob }>;
  /** Publishes a frozen copy; absent where the settings alone give everybody the same run. */
  publish?(): Promise<string>;
}
