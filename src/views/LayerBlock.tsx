// One stretch of bytes between the rulers: who wrote it, where it comes from, its bytes, and on request
// what its header says. Knows no protocol.

import { useState } from 'react';
import type { Capture } from '../capture/capture.ts';
import { ProtocolChip } from '../ui/ProtocolChip.tsx';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './LayerRulers.module.css';
import { inkOf, tintOf } from './layer-hue.ts';
import type { Block } from './layer-rulers.ts';
import { describeValue } from './tree-rows.ts';

interface Props {
  readonly row: number;
  readonly block: Block;
  readonly isHere: boolean;
  /** Above WebSocket, where nothing is masked. */
  readonly isPlain: boolean;
  readonly provenance: Capture['provenance'] | 'derived';
  onChoose(): void;
}

export function LayerBlock({ row, block, isHere, isPlain, provenance, onChoose }: Props) {
  const { name, bytes, summary, fields } = block;
  const [isOpen, setOpen] = useState(false);
  const protocol = name === 'text' ? 'socketio' : name;
  return (
    <div
      className={styles.block}
      style={{ gridRow: row, ...(isHere ? { background: tintOf(protocol) } : {}) }}
      data-here={isHere}
      data-text={name === 'text'}
    >
      <p>
        {name === 'text' ? <strong>your text</strong> : <ProtocolChip protocol={protocol} />}
        <span className={styles.length}>
          {bytes.length} byte{bytes.length === 1 ? '' : 's'}
        </span>
        <ProvenanceMark provenance={provenance}>{provenance}</ProvenanceMark>
        {fields.length > 0 && isHere ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={`Fields of ${protocol}`}
            onClick={() => {
              setOpen(!isOpen);
              if (!isOpen) onChoose();
            }}
          >
            fields
          </button>
        ) : null}
        {summary ? <span className={styles.summary}>{summary}</span> : null}
      </p>
      {isHere ? (
        <Bytes block={block} isPlain={isPlain} ink={inkOf(protocol)} />
      ) : (
        <p className={styles.summary}>not there at this moment</p>
      )}
      {isOpen && isHere ? (
        <dl className={styles.fields}>
          {fields.map((field, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header's fields keep their places.
            <div key={i}>
              <dt>{field.spec.label}</dt>
              <dd>{describeValue(field)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

/** More bytes than this are counted instead of drawn. */
const MOST = 64;

interface BytesProps {
  readonly block: Block;
  readonly isPlain: boolean;
  readonly ink: string;
}

function Bytes({ block: { bytes, plain, isDerived }, isPlain, ink }: BytesProps) {
  const shown = ((isPlain && plain) || bytes).slice(0, MOST);
  const rest = bytes.length - shown.length;
  return (
    <div className={styles.bytes}>
      <code style={{ color: ink }}>
        {Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}
      </code>
      {isDerived ? null : (
        <code className={styles.chars}>
          {charsOf((plain ?? bytes).slice(0, MOST))}
          {plain && !isPlain ? <em> once unmasked</em> : null}
        </code>
      )}
      {rest > 0 ? <span className={styles.summary}>and {rest} bytes more</span> : null}
    </div>
  );
}

const charsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(
    '',
  );
