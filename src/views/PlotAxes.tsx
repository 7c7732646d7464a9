// The axes of a plot: values upwards, the capture's time to the right, and where the playhead is.

import styles from './Plot.module.css';
import { PLOT, type PlotFrame, plotTicks } from './plot-frame.ts';

interface Props {
  readonly frame: PlotFrame;
  readonly playhead: number;
  readonly count: number;
}

export function PlotAxes({ frame, playhead, count }: Props) {
  const { x, y, width, height, most, endAt } = frame;
  const { left, right, top, bottom } = PLOT;
  return (
    <g className={styles.axes}>
      <path d={`M${left} ${top}V${height - bottom}H${width - right}`} />
      <path className={styles.now} d={`M${x(playhead)} ${top}V${height - bottom}`} />
      {plotTicks(most, count).map((value) => (
        <text key={value} x={left - 6} y={y(value) + 4} textAnchor="end">
          {value.toLocaleString('en')}
        </text>
      ))}
      {plotTicks(endAt / 1_000, width < 500 ? 3 : 8).map((time) => (
        <text key={time} x={x(time * 1_000)} y={height - 10} textAnchor="middle">
          {time} ms
        </text>
      ))}
    </g>
  );
}
