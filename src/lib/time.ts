// Time as whole and fractional microseconds since the start of something. Reads no clock.

declare const microsBrand: unique symbol;

/** Microseconds since the start of a capture or a simulation. */
export type Micros = number & { readonly [microsBrand]: true };

export const micros = (n: number): Micros => n as Micros;
export const millis = (n: number): Micros => micros(n * 1_000);
export const seconds = (n: number): Micros => micros(n * 1_000_000);
export const after = (start: Micros, delay: number): Micros => micros(start + delay);
