// What the chosen field is for, where it is specified, and what is wrong with its layer.

import type { Frame, Selection } from '../capture/capture.ts';
import { nameOf } from './describe-frame.ts';
import styles from './LayerTree.module.css';
import { describeValue } from './tree-rows.ts';

interface Props {
  readonly frame: Frame;
  readonly selection: Selection;
}

export function FieldNote({ frame, selection }: Props) {
  const layer = selection.layer === undefined ? undefined : frame.layers[selection.layer];
  const field = selection.field === undefined ? undefined : layer?.fields[selection.field];
  return (
    <section
      className={styles.note}
      aria-label="What is chosen"
      aria-live="polite"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long note scrolls, so keys must reach it
      tabIndex={0}
    >
      {field && (
        <>
          <p>
            <strong>{field.spec.label}</strong> <code>{describeValue(field)}</code>
          </p>
          <p>{field.spec.explain}</p>
          <p className={styles.spec}>{field.spec.spec}</p>
        </>
      )}
      {!field && layer && (
        <p>
          {nameOf(layer.protocol)}, {layer.range[1] - layer.range[0]} bytes. Choose a field to see
          what it is for.
        </p>
      )}
      {!layer && <p>Choose a layer or a field to see its bytes and what they are for.</p>}
      {layer?.problems.map(({ code, message }) => (
        <p key={code} className={styles.problem}>
          Problem: {message} ({code})
        </p>
      ))}
    </section>
  );
}
