// TCP sequence numbers as they lie on the wire: 32 bits that wrap (RFC 9293 §3.4). Inside a
// connection places in a stream are plain numbers that never wrap; this file is the border.

declare const seqBrand: unique symbol;

/** A number on the wire. Never compare two with `<`. */
export type Seq = number & { readonly [seqBrand]: true };

export const seq = (n: number): Seq => (n >>> 0) as Seq;
export const seqAdd = (a: Seq, n: number): Seq => seq(a + (n % 0x1_0000_0000));
/** How far `a` lies after `b`, at most 2³¹ either way. */
export const seqDiff = (a: Seq, b: Seq): number => (a - b) | 0;

/** The place that `at` means when `near` is a place close by. `start` is the number of place 0. */
export const placeOf = (at: Seq, start: Seq, near: number): number =>
  near + seqDiff(at, seqAdd(start, near));

export interface ReceiveWindow {
  readonly nxt: number;
  readonly wnd: number;
}

/** RFC 9293 §3.10.7.4, first check. `length` counts SYN and FIN as one each. */
export function isAcceptable(at: number, length: number, { nxt, wnd }: ReceiveWindow): boolean {
  const isInside = (place: number) => place >= nxt && place < nxt + wnd;
  if (length === 0) return wnd === 0 ? at === nxt : isInside(at);
  return wnd > 0 && (isInside(at) || isInside(at + length - 1));
}
