// Stretches of bytes on a ruler of sequence numbers, with the windows over them. Draws what it is given.

import styles from './ByteRuler.module.css';
import type { Bracket, Ruler } from './byte-ruler.ts';
import { useSize } from './use-size.ts';

const TOP = 15;
const BAR = 16;
const HEIGHT = TOP + BAR + 18;
const EDGE = 1;

export function ByteRuler({ ruler }: { readonly ruler: Ruler }) {
  const { total, stretches, brackets } = ruler;
  const { ref, width } = useSize<HTMLDivElement>();
  const x = (byte: number) => EDGE + ((byte - 1) / total) * (width - 2 * EDGE);
  return (
    <div ref={ref}>
      <svg className={styles.ruler} width={width} height={HEIGHT} role="presentation">
        {stretches.map(({ kind, from, to }) => (
          <rect
            key={from}
            className={styles.stretch}
            data-kind={kind}
            x={x(from)}
            y={TOP}
            width={Math.max(1, x(to) - x(from))}
            height={BAR}
          />
        ))}
        {brackets.map((bracket) => (
          <path
            key={bracket.kind}
            className={styles.bracket}
            data-kind={bracket.kind}
            d={bracketPath(bracket, total, x)}
          />
        ))}
        <rect
          className={styles.frame}
          x={EDGE}
          y={TOP}
          width={Math.max(0, width - 2 * EDGE)}
          height={BAR}
        />
        <Numbers {...{ total, x, width }} />
      </svg>
    </div>
  );
}

/** One that goes on beyond the last byte has no end there. */
function bracketPath(
  { kind, from, to }: Bracket,
  total: number,
  x: (byte: number) => number,
): string {
  const y = kind === 'receiver' ? 12 : 5;
  const end = total + 1;
  const open = `M${x(from)} ${y + 3}V${y}H${x(Math.min(to, end))}`;
  return to > end ? open : `${open}v3`;
}

interface NumbersProps {
  readonly total: number;
  readonly x: (byte: number) => number;
  readonly width: number;
}

function Numbers({ total, x, width }: NumbersProps) {
  const count = width < 480 ? 2 : 4;
  return Array.from({ length: count + 1 }, (_, i) => {
    const byte = i === 0 ? 1 : Math.round((total * i) / count);
    const anchor = i === 0 ? 'start' : i === count ? 'end' : 'middle';
    return (
      <text
        key={byte}
        className={styles.number}
        x={i === count ? x(total + 1) : x(byte)}
        y={HEIGHT - 4}
        textAnchor={anchor}
      >
        {byte.toLocaleString('en')}
      </text>
    );
  });
}

/** A sample of a stretch or a bracket, for the words beside it. */
export function Swatch({ kind }: { readonly kind: string }) {
  const isBracket = kind === 'receiver' || kind === 'congestion';
  return (
    <svg className={styles.swatch} width={16} height={12} role="presentation">
      {isBracket ? (
        <path className={styles.bracket} data-kind={kind} d="M1 9V4H15v5" />
      ) : (
        <>
          <rect className={styles.stretch} data-kind={kind} width={16} height={12} />
          <rect className={styles.frame} x={0.5} y={0.5} width={15} height={11} />
        </>
      )}
    </svg>
  );
}
