// Opens a capture that Wirelight exported: chosen, or dropped on the page.

import { type DragEvent, useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import styles from './InspectorPage.module.css';
import { CaptureStage } from './stage/CaptureStage.tsx';
import { useTitle } from './use-title.ts';

const MAX_BYTES = 5_000_000;

export function InspectorPage() {
  useTitle('Inspector');
  const [opened, setOpened] = useState<{ name: string; capture: Capture; warning?: string }>();
  const [failure, setFailure] = useState<string>();
  const open = (file: File | undefined) => {
    if (!file) return;
    setFailure(undefined);
    read(file).then(setOpened, (error: Error) => setFailure(`${file.name}: ${error.message}`));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div className={styles.page} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <header className={styles.head}>
        <h1>Inspector</h1>
        <p>
          Open a capture that was exported from Wirelight (pcapng), or drop it on this page. It is
          read in your browser and sent nowhere. Captures of other programs cannot be opened yet.
        </p>
        <label className={styles.open}>
          Open a capture
          <input
            type="file"
            accept=".pcapng"
            onChange={(event) => open(event.currentTarget.files?.[0])}
          />
        </label>
        <p role="alert" className={styles.failure}>
          {failure ?? opened?.warning}
        </p>
      </header>
      {opened ? (
        <section className={styles.stage} aria-label={opened.name}>
          <CaptureStage key={opened.name} capture={opened.capture} />
        </section>
      ) : null}
    </div>
  );
}

async function read(file: File): Promise<{ name: string; capture: Capture; warning?: string }> {
  if (file.size > MAX_BYTES)
    throw new Error('This file is over 5 MB, the most that can be opened now.');
  const { openExport } = await import('../live/recorded.ts');
  return { name: file.name, ...openExport(new Uint8Array(await file.arrayBuffer())) };
}
