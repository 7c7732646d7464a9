// What the view of a demo is given, live or simulated.

import type { ReactNode } from 'react';
import type { Selection } from '../capture/capture.ts';
import type { Scene } from '../contract/scene.ts';

type Params = Readonly<Record<string, string>>;

/** What an instructor can push of a demo that is on her screen. */
export interface Pushable {
  /** Everybody runs it with these settings. */
  readonly forAll: Scene;
  /** Publishes what is on the stage and resolves with this moment of it; absent where it is empty. */
  readonly moment: (() => Promise<Scene>) | undefined;
}

export interface DemoViewProps {
  readonly id: string;
  readonly params: Params;
  onParams(params: Params): void;
  /** Content hash of a published capture to show instead of a run. */
  readonly published?: string | undefined;
  /** Keys of fields, with commas: it runs at once, and the first frame with one of them is selected. */
  readonly see?: string | undefined;
  readonly start?: { readonly playhead: number; readonly selection?: Selection };
  /** 2 where it is a part of another page. */
  readonly level?: 1 | 2;
  /** Told when the viewer leaves the published moment that she was shown. */
  onLook?(): void;
  /** More to do with what is on the stage. */
  actions?(pushable: Pushable): ReactNode;
}
