// Opens a capture of anybody: chosen, dropped, pasted, or a sample. What it holds is drawn by the panes.

import { type DragEvent, useEffect, useState } from 'react';
import type { Selection } from '../capture/capture.ts';
import { bytesOfText } from '../capture/packet-text.ts';
import { Button } from '../ui/Button.tsx';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './InspectorPage.module.css';
import { EmptyInspector } from './inspector/EmptyInspector.tsx';
import { MessagePane } from './inspector/MessagePane.tsx';
import { PacketPane } from './inspector/PacketPane.tsx';
import { type Inspector, type Opened, useInspector } from './inspector/use-inspector.ts';
import { useTitle } from './use-title.ts';

export function InspectorPage() {
  useTitle('Inspector');
  const inspector = useInspector();
  const { state } = inspector;
  const [isOver, setOver] = useState(false);
  usePaste(inspector);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) inspector.openFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={styles.page}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <header className={styles.head}>
        <h1>Inspector</h1>
        {state.kind === 'empty' && (
          <p>See what a capture holds, packet by packet, with every byte explained.</p>
        )}
        {state.kind === 'failed' && (
          <p role="alert" className={styles.failure}>
            <strong>{state.name}</strong>: {state.message}
          </p>
        )}
      </header>
      {state.kind === 'opening' && <Opening {...state} />}
      {(state.kind === 'empty' || state.kind === 'failed') && (
        <EmptyInspector inspector={inspector} />
      )}
      {state.kind === 'opened' && <Shown key={state.name} opened={state} inspector={inspector} />}
    </div>
  );
}

interface OpeningProps {
  readonly name: string;
  readonly done: number;
  readonly of: number;
}

const Opening = ({ name, done, of }: OpeningProps) => (
  <div className={styles.opening} role="status">
    <p>
      Reading {name}
      {of > 0 ? `: packet ${done.toLocaleString('en')} of ${of.toLocaleString('en')}` : ''}…
    </p>
    <progress aria-label={`Reading ${name}`} max={Math.max(1, of)} value={done} />
  </div>
);

interface ShownProps {
  readonly opened: Opened;
  readonly inspector: Inspector;
}

function Shown({ opened, inspector }: ShownProps) {
  const { name, analysis, problem } = opened;
  const [view, setView] = useState<'packets' | 'messages'>('packets');
  const [selection, setSelection] = useState<Selection | undefined>({ frame: 0 });
  const { length } = analysis.messages.frames;
  return (
    <section className={styles.stage} aria-label={name}>
      <div className={styles.bar}>
        <strong>{name}</strong>
        <ProvenanceMark provenance="recorded" />
        <fieldset className={styles.views}>
          <legend className="visually-hidden">What to show</legend>
          {(['packets', 'messages'] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="view"
                checked={view === one}
                disabled={one === 'messages' && length === 0}
                onChange={() => setView(one)}
              />
              {one === 'packets' ? 'Packets' : `Messages (${length.toLocaleString('en')})`}
            </label>
          ))}
        </fieldset>
        <Button onClick={inspector.close}>Open another</Button>
      </div>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem.message} What stands before offset {problem.range[0].toLocaleString('en')} is
          shown. ({problem.code})
        </p>
      )}
      {view === 'packets' ? (
        <PacketPane opened={opened} selection={selection} onSelect={setSelection} />
      ) : (
        <MessagePane analysis={analysis} />
      )}
    </section>
  );
}

/** A file or a text that is pasted anywhere but into a line of text. */
function usePaste({ openFile, openBytes, fail }: Inspector): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const [file] = clipboardData?.files ?? [];
      const text = clipboardData?.getData('text') ?? '';
      if (file) openFile(file);
      else if (text !== '') {
        const bytes = bytesOfText(text);
        if (bytes) openBytes('Pasted capture', bytes);
        else fail('Pasted text', 'This is neither a hex dump nor base64.');
      } else return;
      event.preventDefault();
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [openFile, openBytes, fail]);
}
