// The message at the receiver, as far as it is there: a bar with a place for each piece. A piece can be
// pressed to see the packet that brought it.

import { useMemo } from 'react';
import { useFlying } from '../../views/use-flying.ts';
import type { ViewProps } from '../../views/view.ts';
import styles from './Assembly.module.css';
import { assemblyOf, type Piece, type Whole } from './assembly.ts';

export function Assembly(view: ViewProps) {
  const { capture, selection, onSelect } = view;
  const playhead = useFlying(view, (at) => Math.floor(at / 2_000));
  const wholes = useMemo(() => assemblyOf(capture), [capture]);
  return (
    <section className={styles.assembly} aria-label="Put together at the receiver">
      <h2>Put together at the server</h2>
      {wholes.map((whole) => (
        <div key={whole.name}>
          <p>{sentenceOf(whole, playhead)}</p>
          <div className={styles.bar}>
            {whole.pieces.map((piece) => (
              <button
                type="button"
                key={piece.from}
                data-there={isThere(piece, playhead)}
                aria-pressed={selection?.frame === piece.frame}
                aria-label={`Piece ${piece.label}, ${isThere(piece, playhead) ? 'there' : 'not there'}`}
                style={{ left: `${piece.from * 100}%`, width: `${(piece.to - piece.from) * 100}%` }}
                onClick={() => onSelect({ frame: piece.frame })}
              >
                {piece.label}
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

const isThere = ({ arrivedAt }: Piece, playhead: number): boolean =>
  arrivedAt !== undefined && arrivedAt <= playhead;

function sentenceOf({ name, pieces }: Whole, playhead: number): string {
  const there = pieces.filter((piece) => isThere(piece, playhead));
  const of = pieces.length === 1 ? 'one piece' : `${pieces.length} pieces`;
  if (there.length === pieces.length) return `${name}, ${of}: complete.`;
  if (there.length === 0) return `${name}, ${of}: nothing is there yet.`;
  const missing = pieces.filter((piece) => !isThere(piece, playhead)).map(({ label }) => label);
  return `${name}, ${of}: without ${missing.join(', ')}.`;
}
