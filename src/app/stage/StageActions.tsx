// What can be done with a run besides looking at it: export it, share the moment.

import { useState, useSyncExternalStore } from 'react';
import type { Selection } from '../../capture/capture.ts';
import { Button } from '../../ui/Button.tsx';
import { LentDevice } from './LentDevice.tsx';
import styles from './StageActions.module.css';
import type { StageableRun } from './stageable-run.ts';
import { Whereabouts } from './Whereabouts.tsx';

interface Props {
  readonly run: StageableRun;
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
  moment(): { readonly playhead: number; readonly selection: Selection | undefined };
}

export function StageActions({ run, demo, params, moment }: Props) {
  const { at, capture, lent } = useSyncExternalStore(run.subscribe, run.snapshot);
  const [said, setSaid] = useState<string>();
  const [link, setLink] = useState<string>();
  const attempt = (work: () => Promise<void>) => () => {
    setSaid(undefined);
    work().catch((error: unknown) =>
      setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  const download = async (file: ReturnType<StageableRun['export']>): Promise<void> => {
    const { name, bytes } = await file;
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(bytes);
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
    setSaid('Exported. Wireshark opens it.');
  };
  const kernel = capture?.sources && run.exportKernel?.bind(run);
  const share = attempt(async () => {
    const published = run.publish ? { capture: await run.publish() } : {};
    setLink(momentLink(demo, { ...params, ...published }, moment()));
  });
  return (
    <>
      {lent ? <LentDevice {...lent} /> : null}
      {capture ? <Whereabouts at={at} capture={capture} /> : null}
      <div className={styles.actions}>
        <Button onClick={attempt(() => download(run.export()))}>
          {kernel ? 'Export the model’s packets' : 'Export as pcapng'}
        </Button>
        {kernel ? (
          <Button onClick={attempt(() => download(kernel()))}>Export the kernel’s packets</Button>
        ) : null}
        <Button onClick={share}>Share this moment</Button>
        {link ? (
          <label className={styles.link}>
            {run.publish
              ? 'Everybody with this link sees these frames, as recorded:'
              : params.beside === 'now'
                ? 'Everybody with this link sees the model’s frames, and can run the kernel anew:'
                : 'Everybody with this link sees these frames, simulated anew:'}
            <input readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
          </label>
        ) : null}
        <p role="status">{said}</p>
      </div>
    </>
  );
}

/** The address of one moment of a published capture, or of a simulation. */
function momentLink(
  demo: string,
  params: Readonly<Record<string, string>>,
  { playhead, selection }: ReturnType<Props['moment']>,
): string {
  const url = new URL(`/demos/${demo}`, location.origin);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  url.searchParams.set('at', String(Math.round(playhead)));
  // A kernel's packets are not in the page that the link opens.
  if (selection && params.beside !== 'now') url.searchParams.set('frame', String(selection.frame));
  return url.href;
}
