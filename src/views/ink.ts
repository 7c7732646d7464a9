// The theme's colours and faces, and the screen's resolution, for pictures drawn in another thread:
// CSS gives them to everything else. Knows no picture.

import { useSyncExternalStore } from 'react';
import type { FaceOrder, InkOrder } from './picture-order.ts';

const NAMES = [
  ...['ethernet', 'ip', 'tcp', 'udp', 'http', 'websocket', 'engineio', 'socketio'].map(
    (protocol) => `layer-${protocol}`,
  ),
  ...['surface', 'sunken', 'ink', 'line-strong', 'cut', 'font-mono', 'font-sans'],
];

/** Another object whenever theme, fonts or resolution changed: then every picture is drawn again. */
export function useInk(): InkOrder {
  return useSyncExternalStore(subscribe, current);
}

function readInk(): InkOrder {
  const style = getComputedStyle(document.documentElement);
  return {
    values: Object.fromEntries(
      NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    ),
    scale: globalThis.devicePixelRatio,
    faces: facesOfPage(),
  };
}

/** Another thread has no style sheets: it is told of every face that the page's declare. */
function facesOfPage(): FaceOrder[] {
  const sheets = [...document.styleSheets].filter(isReadable);
  return sheets.flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const of = (name: string): string => rule.style.getPropertyValue(name);
      const base = sheet.href ?? document.baseURI;
      return [
        {
          family: of('font-family').replaceAll(/["']/g, ''),
          src: of('src').replaceAll(
            /url\((["']?)(.*?)\1\)/g,
            (_, __, address: string) => `url("${new URL(address, base).href}")`,
          ),
          weight: of('font-weight') || 'normal',
          unicodeRange: of('unicode-range') || 'U+0-10FFFF',
        },
      ];
    }),
  );
}

/** The rules of another site's sheet, as an extension may add one, may not be read. */
function isReadable(sheet: CSSStyleSheet): boolean {
  return sheet.href === null || new URL(sheet.href).origin === location.origin;
}

let ink: InkOrder | undefined;
const listeners = new Set<() => void>();

function current(): InkOrder {
  ink ??= readInk();
  return ink;
}

const changed = (): void => {
  ink = undefined;
  for (const listener of listeners) listener();
};
const resized = (): void => {
  if (current().scale !== globalThis.devicePixelRatio) changed();
};

let theme: MutationObserver | undefined;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // It may have changed while nobody listened.
    ink = undefined;
    theme = new MutationObserver(changed);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
    addEventListener('resize', resized);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    theme?.disconnect();
    removeEventListener('resize', resized);
  };
}
