// The hue of a layer as CSS, the one colour rule of every picture. Knows no layer's meaning.

import type { Protocol } from '../wire/layer.ts';

export const hueOf = (protocol: Protocol): string => `var(--layer-${protocol})`;
export const tintOf = (protocol: Protocol): string => `var(--layer-${protocol}-tint)`;
export const inkOf = (protocol: Protocol): string => `var(--layer-${protocol}-text)`;
