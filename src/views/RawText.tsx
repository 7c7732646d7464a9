// The bytes of each direction as text, with every line end made visible: what was said, and what came
// back. A pure picture of (capture, playhead).

import { Fragment, useMemo } from 'react';
import type { Capture, Frame } from '../capture/capture.ts';
import type { Direction } from '../capture/record.ts';
import { latin1 } from '../wire/http-head.ts';
import styles from './RawText.module.css';
import type { ViewProps } from './view.ts';

/** Of one message: nobody reads more of a long body here. */
const MOST = 1_200;

export function RawText({ capture, playhead, selection }: ViewProps) {
  return (
    <div className={styles.raw}>
      <Side title="Said by the client" direction="up" {...{ capture, playhead, selection }} />
      <Side title="Said by the server" direction="down" {...{ capture, playhead, selection }} />
    </div>
  );
}

interface SideProps extends Pick<ViewProps, 'playhead' | 'selection'> {
  readonly capture: Capture;
  readonly title: string;
  readonly direction: Direction;
}

function Side({ capture, playhead, selection, title, direction }: SideProps) {
  const frames = useMemo(
    () => capture.frames.filter((frame) => frame.direction === direction),
    [capture, direction],
  );
  const shown = frames.filter(({ at }) => at <= playhead);
  const size = shown.reduce((sum, frame) => sum + lengthOf(frame), 0);
  return (
    <section className={styles.side} aria-label={title}>
      <h2>{title}</h2>
      <p>{shown.length === 0 ? 'Nothing yet.' : `${size.toLocaleString('en-GB')} bytes`}</p>
      {shown.map((frame) => (
        <pre key={frame.id} data-chosen={frame.id === selection?.frame}>
          <Text frame={frame} />
        </pre>
      ))}
    </section>
  );
}

const lengthOf = ({ sources }: Frame): number => sources[0]?.bytes.length ?? 0;

/** Every CR and LF as a sign; a new line after each LF, as the bytes have it. */
function Text({ frame }: { readonly frame: Frame }) {
  const bytes = frame.sources[0]?.bytes ?? new Uint8Array();
  const shown = Math.min(bytes.length, MOST);
  const rows = latin1(bytes, [0, shown]).split('\n');
  return (
    <>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of bytes that never change.
        <Fragment key={i}>
          {asUtf8(row.replace(/\r/g, ''))}
          {row.endsWith('\r') ? <span className={styles.end}>CR</span> : null}
          {i + 1 < rows.length ? (
            <>
              <span className={styles.end}>LF</span>
              {'\n'}
            </>
          ) : null}
        </Fragment>
      ))}
      {bytes.length > shown ? (
        <span className={styles.rest}>
          {'\n'}… and {(bytes.length - shown).toLocaleString('en-GB')} more bytes
        </span>
      ) : null}
    </>
  );
}

/** A line of bytes as people read it; as single characters where it is no UTF-8. */
const asUtf8 = (line: string): string =>
  new TextDecoder().decode(Uint8Array.from(line, (char) => char.charCodeAt(0)));
