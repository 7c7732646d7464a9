// The frame of a plot over the time of a capture: where a moment and a value stand. Several plots with the
// same frame stand exactly above one another. Pure numbers, in CSS pixels.

export const PLOT = { left: 58, right: 12, top: 10, bottom: 28 } as const;

export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  /** Where a moment of the capture stands, in µs. */
  x(at: number): number;
  y(value: number): number;
  /** The greatest value, and the last moment. */
  readonly most: number;
  readonly endAt: number;
}

export function plotFrame(width: number, height: number, endAt: number, most: number): PlotFrame {
  const { left, right, top, bottom } = PLOT;
  return {
    width,
    height,
    most,
    endAt,
    x: (at) => left + (at / Math.max(1, endAt)) * (width - left - right),
    y: (value) => height - bottom - (value / Math.max(1, most)) * (height - bottom - top),
  };
}

/** Round numbers from 0 up to `most`, about that many. */
export function plotTicks(most: number, count: number): number[] {
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? 10 * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}
