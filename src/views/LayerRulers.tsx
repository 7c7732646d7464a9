// One message as it lies in its packet, between two rulers: the four layers of TCP/IP and the seven of
// OSI over the same bytes. It can be followed down at the sender and up at the receiver.

import { useId, useMemo, useState } from 'react';
import type { Frame } from '../capture/capture.ts';
import { ProtocolChip } from '../ui/ProtocolChip.tsx';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import styles from './LayerRulers.module.css';
import { inkOf, tintOf } from './layer-hue.ts';
import { journeyWords } from './layer-journey.ts';
import { type Block, type Rulers, rulersOf } from './layer-rulers.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly frame: Frame | undefined;
}

export function LayerRulers({ capture, frame, onSelect }: Props) {
  const [packet, setPacket] = useState(0);
  const [away, setAway] = useState(0);
  const id = useId();
  const rulers = useMemo(
    () => (frame ? rulersOf(capture, frame, packet) : undefined),
    [capture, frame, packet],
  );
  if (!frame || !rulers) {
    return (
      <section className={styles.rulers} aria-label="The message between two rulers">
        <p>No message has passed yet. Its bytes will lie here, between two rulers.</p>
      </section>
    );
  }
  // 0 is on the wire; below it the sender's layers, above it the receiver's.
  const bottom = rulers.levels.length - 1;
  const moment = Math.max(-bottom, Math.min(bottom, away));
  const level = bottom - Math.abs(moment);
  return (
    <section className={styles.rulers} aria-label="The message between two rulers">
      <div className={styles.journey}>
        <label htmlFor={id}>Follow it: sender, wire, receiver</label>
        <input
          id={id}
          type="range"
          min={-bottom}
          max={bottom}
          value={moment}
          aria-valuetext={journeyWords(rulers, moment)}
          onChange={({ target }) => setAway(Number(target.value))}
        />
        <p aria-live="polite">{journeyWords(rulers, moment)}</p>
      </div>
      {rulers.packets > 1 ? <Packets rulers={rulers} onChoose={setPacket} /> : null}
      <Picture {...{ rulers, level, frame, onSelect }} provenance={capture.provenance} />
    </section>
  );
}

interface PacketsProps {
  readonly rulers: Rulers;
  onChoose(packet: number): void;
}

function Packets({ rulers, onChoose }: PacketsProps) {
  return (
    <fieldset className={styles.packets}>
      <legend>
        {rulers.frameLength} bytes, more than a usual packet holds. Packets it would need (derived):
      </legend>
      {Array.from({ length: rulers.packets }, (_, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: packets are numbered.
          key={i}
          type="button"
          aria-pressed={i === rulers.packet}
          onClick={() => onChoose(i)}
        >
          {i + 1}
        </button>
      ))}
    </fieldset>
  );
}

interface PictureProps extends Pick<ViewProps, 'onSelect'> {
  readonly rulers: Rulers;
  readonly level: number;
  readonly frame: Frame;
  readonly provenance: 'observed' | 'recorded' | 'modelled';
}

/** Rows of the grid: the link first, then the blocks; the rulers span them. */
function Picture({ rulers, level, frame, provenance, onSelect }: PictureProps) {
  const { blocks, levels } = rulers;
  const bottom = levels.length - 1;
  const end = blocks.length + 2;
  const masksAt = levels.findIndex(({ name }) => name === 'websocket');
  return (
    <div className={styles.picture}>
      <Mark side="left" rows={[1, 2]} title="Link" />
      <Mark side="left" rows={[2, 3]} title="Internet" />
      <Mark side="left" rows={[3, 4]} title="Transport" />
      <Mark side="left" rows={[4, end]} title="Application" />
      <div className={styles.block} style={{ gridRow: 1 }} data-here={level === bottom} data-unseen>
        <p>
          <strong>Ethernet or Wi-Fi</strong> Not visible to a browser, and not guessed here. On one
          computer there may be none.
        </p>
      </div>
      {blocks.map((block, i) => (
        <BlockRow
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks never change their places.
          key={i}
          row={i + 2}
          block={block}
          isHere={block.level <= level}
          isPlain={masksAt >= 0 && level < masksAt}
          provenance={block.isDerived ? 'derived' : provenance}
          onChoose={() => {
            if (block.layer !== undefined) onSelect({ frame: frame.id, layer: block.layer });
          }}
        />
      ))}
      <Mark side="right" rows={[1, 2]} title="1–2" words="Physical, Data link" />
      <Mark side="right" rows={[2, 3]} title="3" words="Network" />
      <Mark side="right" rows={[3, 4]} title="4" words="Transport" />
      <Mark side="right" rows={[4, end]} title="5–7" words="Session, Presentation, Application" />
      <span className={styles.caption} data-side="left">
        TCP/IP
      </span>
      <span className={styles.caption} data-side="right">
        OSI
      </span>
    </div>
  );
}

interface MarkProps {
  readonly side: 'left' | 'right';
  readonly rows: readonly [from: number, to: number];
  readonly title: string;
  readonly words?: string;
}

function Mark({ side, rows, title, words }: MarkProps) {
  return (
    <div className={styles.mark} data-side={side} style={{ gridRow: `${rows[0]} / ${rows[1]}` }}>
      <strong>{title}</strong> {words ? <span>{words}</span> : null}
    </div>
  );
}

interface BlockRowProps {
  readonly row: number;
  readonly block: Block;
  readonly isHere: boolean;
  /** Above WebSocket, where nothing is masked. */
  readonly isPlain: boolean;
  readonly provenance: 'observed' | 'recorded' | 'modelled' | 'derived';
  onChoose(): void;
}

/** More bytes than this are counted instead of drawn. */
const MOST = 64;

function BlockRow({ row, block, isHere, isPlain, provenance, onChoose }: BlockRowProps) {
  const { name, bytes, plain, summary } = block;
  const protocol = name === 'text' ? 'socketio' : name;
  const shown = ((isPlain && plain) || bytes).slice(0, MOST);
  const rest = bytes.length - shown.length;
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
        {block.layer === undefined ? null : (
          <button type="button" onClick={onChoose}>
            show its fields
          </button>
        )}
      </p>
      {summary ? <p className={styles.summary}>{summary}</p> : null}
      {isHere ? (
        <>
          <code style={{ color: inkOf(protocol) }}>
            {Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}
          </code>
          {block.isDerived ? null : (
            <code className={styles.chars}>
              {charsOf((plain ?? bytes).slice(0, MOST))}
              {plain && !isPlain ? <em> once unmasked</em> : null}
            </code>
          )}
          {rest > 0 ? <p className={styles.summary}>and {rest} bytes more</p> : null}
        </>
      ) : (
        <p className={styles.summary}>not there at this moment</p>
      )}
    </div>
  );
}

const charsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(
    '',
  );
