// One lane of the picture of packets: two lifelines, an arrow for each packet, and beside the lines what
// the programs did. Pointer only: the list of frames has the keys.

import { memo, useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { Noted } from '../capture/record.ts';
import { ProvenanceMark } from '../ui/ProvenanceMark.tsx';
import { hueOf } from './layer-hue.ts';
import styles from './PacketPicture.module.css';
import { type PacketScale, packetShapeOf, type Way } from './packet-scale.ts';
import { causeOf, packetWord } from './packet-words.ts';
import { useSize } from './use-size.ts';
import type { ViewProps } from './view.ts';

interface Props extends ViewProps {
  readonly lane: string;
  readonly title: string | undefined;
  /** Of this lane, where it is not the whole capture's. */
  readonly provenance: Capture['provenance'] | undefined;
  readonly connections: ReadonlySet<number>;
  /** Which part of the time is on the screen, as places on the scale. */
  readonly from: number;
  readonly to: number;
}

/** Narrower than this there is no room for words beside the lines. */
const WIDE = 520;
/** And here none on the arrows. */
const NARROW = 210;
const LINE = 13;

export function PacketLane(props: Props) {
  const { capture, playhead, selection, onSelect, lane, title, connections, from, to } = props;
  const { provenance } = props;
  const { scale, ways } = packetShapeOf(capture);
  const { ref, width } = useSize<HTMLDivElement>();
  const margin = width >= WIDE ? 132 : 14;
  const ends = useMemo(
    () => ({ left: margin, right: Math.max(margin + 40, width - margin) }),
    [margin, width],
  );
  const mine = ways.filter(({ frame }) => connections.has(frame.connection));
  const gone = mine.filter(({ leaves, frame }) => frame.at <= playhead && leaves <= playhead);
  const labelled = labelledOf(gone, scale);
  const seen = gone.filter(
    ({ leaves, arrives }) => scale.y(leaves) <= to && scale.y(arrives) >= from,
  );
  const now = scale.y(playhead);
  return (
    <div className={styles.lane} ref={ref}>
      {title ? (
        <p className={styles.title}>
          {title}
          {provenance ? (
            <ProvenanceMark provenance={provenance}>{provenance}</ProvenanceMark>
          ) : null}
        </p>
      ) : null}
      <p className={styles.heads}>
        <span>Client</span>
        <span>Server</span>
      </p>
      <svg width={width} height={scale.height} role="presentation">
        <path
          className={styles.life}
          d={`M${ends.left} 0V${scale.height}M${ends.right} 0V${scale.height}`}
        />
        <path className={styles.now} d={`M${ends.left} ${now}H${ends.right}`} />
        {seen.map((way) => (
          <Arrow
            key={way.frame.id}
            {...{ way, scale, ends }}
            until={Math.min(playhead, way.arrives)}
            word={
              labelled.has(way.frame.id) && ends.right - ends.left > NARROW
                ? packetWord(capture, way.frame)
                : undefined
            }
            isSelected={selection?.frame === way.frame.id}
            onSelect={onSelect}
          />
        ))}
        {width >= WIDE ? (
          <Notes
            {...{ scale, ends, playhead }}
            notes={capture.notes.filter((n) => n.lane === lane)}
          />
        ) : null}
      </svg>
    </div>
  );
}

/** As many as have room for a word, each way for itself. */
function labelledOf(ways: readonly Way[], scale: PacketScale): ReadonlySet<number> {
  const last = { up: Number.NEGATIVE_INFINITY, down: Number.NEGATIVE_INFINITY };
  return new Set(
    ways.flatMap(({ frame, leaves }) => {
      const y = scale.y(leaves);
      if (y - last[frame.direction] < LINE) return [];
      last[frame.direction] = y;
      return [frame.id];
    }),
  );
}

interface Ends {
  readonly left: number;
  readonly right: number;
}

interface ArrowProps extends Pick<ViewProps, 'onSelect'> {
  readonly way: Way;
  readonly scale: PacketScale;
  readonly ends: Ends;
  /** How far it has come. */
  readonly until: number;
  readonly word: string | undefined;
  readonly isSelected: boolean;
}

/** A packet that is lost gets that far. */
const LOST_AT = 0.6;

const Arrow = memo(function Arrow(props: ArrowProps) {
  const { way, scale, ends, until, word, isSelected, onSelect } = props;
  const { frame, leaves, arrives, lostTo } = way;
  const isUp = frame.direction === 'up';
  const [from, to] = isUp ? [ends.left, ends.right] : [ends.right, ends.left];
  const [top, bottom] = [scale.y(leaves), scale.y(arrives)];
  const part = (scale.y(until) - top) / Math.max(1, bottom - top);
  const reach = lostTo === undefined ? part : Math.min(LOST_AT, part);
  const place = (share: number) =>
    [from + (to - from) * share, top + (bottom - top) * share] as const;
  const [x, y] = place(reach);
  const d = `M${from} ${top}L${x} ${y}`;
  const isThere = lostTo === undefined && until >= arrives;
  const isLost = lostTo !== undefined && reach >= LOST_AT;
  const back = isUp ? -7 : 7;
  const wordX = from + (isUp ? 8 : -8);
  return (
    <g
      className={styles.arrow}
      data-selected={isSelected}
      data-lost={isLost}
      style={{ color: hueOf(frame.layers.at(-1)?.protocol ?? 'ip') }}
      onPointerDown={() => onSelect({ frame: frame.id })}
    >
      <path className={styles.touch} d={d} />
      <path className={styles.stroke} d={d} />
      {isThere ? (
        <path
          className={styles.stroke}
          d={`M${x + back} ${y - 5}L${x} ${y}L${x + back} ${y + 3}`}
        />
      ) : null}
      {isLost ? (
        <>
          <path
            className={styles.cross}
            d={`M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`}
          />
          <text
            className={styles.cause}
            x={x + (isUp ? 10 : -10)}
            y={y + 4}
            textAnchor={isUp ? 'start' : 'end'}
          >
            {causeOf(lostTo)}
          </text>
        </>
      ) : null}
      {word === undefined ? null : (
        <text className={styles.word} x={wordX} y={top - 2} textAnchor={isUp ? 'start' : 'end'}>
          {word}
        </text>
      )}
    </g>
  );
});

const WORDS: Readonly<Record<string, string>> = {
  emitted: 'sends',
  resent: 'sends again',
  handled: 'has',
  repeated: 'has it already:',
  acknowledged: 'knows it arrived:',
  abandoned: 'gives up on',
};

interface NotesProps {
  readonly notes: readonly Noted[];
  readonly scale: PacketScale;
  readonly ends: Ends;
  readonly playhead: number;
}

function Notes({ notes, scale, ends, playhead }: NotesProps) {
  const last = { client: Number.NEGATIVE_INFINITY, server: Number.NEGATIVE_INFINITY };
  const shown = notes.flatMap((note) => {
    const who = note.who === 'client' ? 'client' : 'server';
    const y = scale.y(note.wroteAt);
    if (note.wroteAt > playhead || y - last[who] < LINE) return [];
    last[who] = y;
    return [{ note, who, y }] as const;
  });
  return shown.map(({ note, who, y }) => (
    <text
      key={note.seq}
      className={styles.note}
      x={who === 'client' ? ends.left - 8 : ends.right + 8}
      y={y + 4}
      textAnchor={who === 'client' ? 'end' : 'start'}
    >
      {`${WORDS[note.what] ?? note.what} ${note.message}`}
    </text>
  ));
}
