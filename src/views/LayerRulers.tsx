// One message as it lies in its packet, between two rulers: the four layers of TCP/IP and the seven of
// OSI over the same bytes. It can be followed down at the sender and up at the receiver.

import { type ReactNode, useId, useMemo, useState } from 'react';
import type { Capture, Frame } from '../capture/capture.ts';
import { LayerBlock } from './LayerBlock.tsx';
import styles from './LayerRulers.module.css';
import { journeyWords } from './layer-journey.ts';
import { type Rulers, rulersOf } from './layer-rulers.ts';
import type { ViewProps } from './view.ts';

interface Props extends Pick<ViewProps, 'capture' | 'onSelect'> {
  readonly frame: Frame | undefined;
}

export function LayerRulers({ capture, frame, onSelect }: Props) {
  const [packet, setPacket] = useState(0);
  const [away, setAway] = useState(0);
  const [way, setWay] = useState<'observed' | 'derived'>();
  const rulers = useMemo(
    () => (frame ? rulersOf(capture, frame, packet, way) : undefined),
    [capture, frame, packet, way],
  );
  if (!frame || !rulers) {
    return (
      <section className={styles.rulers} aria-label="The message between two rulers">
        <Marks end={6}>
          <div className={styles.block} style={{ gridRow: '1 / 6' }} data-unseen>
            <p>Your message has not passed yet. Its bytes will lie here, between the two rulers.</p>
          </div>
        </Marks>
      </section>
    );
  }
  // 0 is on the wire; below it the sender's layers, above it the receiver's.
  const bottom = rulers.levels.length - 1;
  const moment = Math.max(-bottom, Math.min(bottom, away));
  return (
    <section className={styles.rulers} aria-label="The message between two rulers">
      <Journey {...{ rulers, moment, bottom }} isUp={frame.direction === 'up'} onMove={setAway} />
      {rulers.isSeen ? <Headers rulers={rulers} onChoose={setWay} /> : null}
      {rulers.packets > 1 ? <Packets rulers={rulers} onChoose={setPacket} /> : null}
      <Picture
        {...{ rulers, frame, onSelect }}
        level={bottom - Math.abs(moment)}
        provenance={capture.provenance}
      />
    </section>
  );
}

interface JourneyProps {
  readonly rulers: Rulers;
  readonly moment: number;
  readonly bottom: number;
  readonly isUp: boolean;
  onMove(moment: number): void;
}

function Journey({ rulers, moment, bottom, isUp, onMove }: JourneyProps) {
  const id = useId();
  const [sender, receiver] = isUp ? ['your browser', 'the server'] : ['the server', 'your browser'];
  return (
    <div className={styles.journey}>
      <label htmlFor={id}>Follow it down at the sender and up at the receiver</label>
      <div className={styles.way}>
        <button
          type="button"
          aria-label="One layer back"
          aria-disabled={moment === -bottom}
          onClick={() => onMove(Math.max(-bottom, moment - 1))}
        >
          ‹
        </button>
        <input
          id={id}
          type="range"
          min={-bottom}
          max={bottom}
          value={moment}
          aria-valuetext={journeyWords(rulers, moment)}
          onChange={({ target }) => onMove(Number(target.value))}
        />
        <button
          type="button"
          aria-label="One layer on"
          aria-disabled={moment === bottom}
          onClick={() => onMove(Math.min(bottom, moment + 1))}
        >
          ›
        </button>
      </div>
      <div className={styles.places}>
        <span>sender: {sender}</span>
        <span>wire</span>
        <span>receiver: {receiver}</span>
      </div>
      <p aria-live="polite">{journeyWords(rulers, moment)}</p>
    </div>
  );
}

interface PacketsProps {
  readonly rulers: Rulers;
  onChoose(packet: number): void;
}

interface HeadersProps {
  readonly rulers: Rulers;
  onChoose(way: 'observed' | 'derived'): void;
}

/** Where the packets were seen as well: which of both stand between the rulers. */
function Headers({ rulers: { isObserved }, onChoose }: HeadersProps) {
  return (
    <fieldset className={styles.packets}>
      <legend>
        {isObserved
          ? 'The headers of TCP and IP are those of the real packet, as this server’s system saw it. Inside one computer a packet may be larger than on a usual link, and its checksum of TCP unfinished.'
          : 'The headers of TCP and IP are those that a usual link would need. The real packets were seen too.'}
      </legend>
      {(['observed', 'derived'] as const).map((way) => (
        <button
          key={way}
          type="button"
          aria-pressed={isObserved === (way === 'observed')}
          onClick={() => onChoose(way)}
        >
          {way === 'observed' ? 'The real packet' : 'A usual link'}
        </button>
      ))}
    </fieldset>
  );
}

function Packets({ rulers, onChoose }: PacketsProps) {
  return (
    <fieldset className={styles.packets}>
      <legend>
        {rulers.isObserved
          ? `${rulers.frameLength} bytes, in so many packets:`
          : `${rulers.frameLength} bytes, more than a usual packet holds. Packets it would need (derived):`}
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
  readonly provenance: Capture['provenance'];
}

/** Rows of the grid: the link first, then the blocks. */
function Picture({ rulers, level, frame, provenance, onSelect }: PictureProps) {
  const { blocks, levels } = rulers;
  const bottom = levels.length - 1;
  const masksAt = levels.findIndex(({ name }) => name === 'websocket');
  return (
    <Marks end={blocks.length + 2}>
      <div className={styles.block} style={{ gridRow: 1 }} data-here={level === bottom} data-unseen>
        <p>
          <strong>Ethernet or Wi-Fi</strong> Not visible to a browser, and not guessed here. On one
          computer there may be none.
        </p>
      </div>
      {blocks.map((block, i) => (
        <LayerBlock
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
    </Marks>
  );
}

/** The two rulers, with what lies between them; the application's marks reach to the row `end`. */
function Marks({ end, children }: { readonly end: number; readonly children: ReactNode }) {
  return (
    <div className={styles.picture}>
      <Mark side="left" rows={[1, 2]} title="Link" />
      <Mark side="left" rows={[2, 3]} title="Internet" />
      <Mark side="left" rows={[3, 4]} title="Transport" />
      <Mark side="left" rows={[4, end]} title="Application" />
      {children}
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
