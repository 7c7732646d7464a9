// The theme's colours and faces, and the screen's resolution, for pictures drawn on a canvas: CSS
// gives them to everything else. Knows no picture.

import { useSyncExternalStore } from 'react';

export interface Ink {
  /** The value of a custom property of the page: `of('layer-http')`, `of('font-mono')`. */
  of(name: string): string;
  /** Device pixels a CSS pixel. */
  readonly scale: number;
}

/** Another object whenever theme, fonts or resolution changed: then every canvas is drawn again. */
export function useInk(): Ink {
  return useSyncExternalStore(subscribe, () => ink);
}

function readInk(): Ink {
  const values = new Map<string, string>();
  return {
    scale: globalThis.devicePixelRatio,
    of(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const style = getComputedStyle(document.documentElement);
      const value = style.getPropertyValue(`--${name}`).trim();
      values.set(name, value);
      return value;
    },
  };
}

let ink = readInk();
const listeners = new Set<() => void>();

const changed = (): void => {
  ink = readInk();
  for (const listener of listeners) listener();
};
const resized = (): void => {
  if (ink.scale !== globalThis.devicePixelRatio) changed();
};

let theme: MutationObserver | undefined;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // It may have changed while nobody listened.
    ink = readInk();
    theme = new MutationObserver(changed);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
    document.fonts.addEventListener('loadingdone', changed);
    addEventListener('resize', resized);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    theme?.disconnect();
    document.fonts.removeEventListener('loadingdone', changed);
    removeEventListener('resize', resized);
  };
}

/** Makes the canvas that many CSS pixels large, sharp on this screen; if it was so, keeps its content. */
export function contextOf(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  { scale }: Ink,
): CanvasRenderingContext2D | null {
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  return canvas.getContext('2d');
}

/** A new canvas of that many CSS pixels. */
export function sizedCanvas(width: number, height: number, { scale }: Ink): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  return canvas;
}
