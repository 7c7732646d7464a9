// The inks of a picture as plain values, and canvases of the right sharpness. Knows no document.

export interface Ink {
  /** The value of a custom property of the page: `of('layer-http')`, `of('font-mono')`. */
  of(name: string): string;
  /** Device pixels a CSS pixel. */
  readonly scale: number;
}

export type Context = OffscreenCanvasRenderingContext2D;

export class InkValues implements Ink {
  readonly scale: number;
  readonly #values: Readonly<Record<string, string>>;

  constructor(values: Readonly<Record<string, string>>, scale: number) {
    this.#values = values;
    this.scale = scale;
  }

  of(name: string): string {
    return this.#values[name] ?? '';
  }
}

/** Makes the canvas that many CSS pixels large, sharp on this screen; if it was so, keeps its content. */
export function contextOf(
  canvas: OffscreenCanvas,
  width: number,
  height: number,
  { scale }: Ink,
): Context | null {
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  return canvas.getContext('2d');
}

/** A new canvas of that many CSS pixels. */
export const sizedCanvas = (width: number, height: number, { scale }: Ink): OffscreenCanvas =>
  new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.round(height * scale));
