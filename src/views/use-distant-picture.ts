// A picture that another thread draws: this end of it, in the page. One thread draws for all.

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useInk } from './ink.ts';
import type {
  InkOrder,
  LadderOrder,
  PacketsOrder,
  PictureKind,
  PictureMessage,
} from './picture-order.ts';

interface Orders {
  readonly packets: PacketsOrder;
  readonly ladder: LadderOrder;
}

let worker: Worker | undefined;
let told: InkOrder | undefined;
let opened = 0;

/** Told together: to wake the thread once for each picture costs more than the orders themselves. */
let untold: PictureMessage[] = [];

function send(message: PictureMessage, transfer: Transferable[] = []): void {
  untold.push(message);
  if (transfer.length > 0) tell(transfer);
  else if (untold.length === 1) queueMicrotask(() => tell());
}

function tell(transfer: Transferable[] = []): void {
  if (untold.length === 0) return;
  const messages = untold;
  untold = [];
  worker ??= new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(messages, transfer);
}

export interface DistantPicture<Order> {
  /** The element that holds the canvas. */
  readonly ref: RefObject<HTMLDivElement | null>;
  /** How many canvases there were; none before the first effect. A new one has drawn nothing yet. */
  readonly canvas: { readonly current: number };
  draw(order: Order): void;
}

/** Orders must be given in effects; those of layout come in time. */
export function useDistantPicture<Kind extends PictureKind>(
  what: Kind,
  className: string | undefined,
): DistantPicture<Orders[Kind]> {
  const ref = useRef<HTMLDivElement>(null);
  const picture = useRef<{ number: number; element: HTMLCanvasElement }>(undefined);
  const canvas = useRef(0);
  const ink = useInk();
  useLayoutEffect(() => {
    if (told === ink) return;
    told = ink;
    send({ kind: 'ink', ink });
  }, [ink]);
  useLayoutEffect(() => {
    // Not in the markup: a canvas can be given away only once, and effects may run twice.
    const element = document.createElement('canvas');
    element.className = className ?? '';
    ref.current?.append(element);
    const number = ++opened;
    const offscreen = element.transferControlToOffscreen();
    send({ kind: 'open', picture: number, what, canvas: offscreen }, [offscreen]);
    picture.current = { number, element };
    canvas.current = number;
    return () => {
      send({ kind: 'close', picture: number });
      element.remove();
      picture.current = undefined;
    };
  }, [what, className]);
  const draw = useRef((order: Orders[Kind]): void => {
    if (!picture.current) return;
    const { number, element } = picture.current;
    const [width, height] = [`${order.width}px`, `${order.height}px`];
    if (element.style.width !== width) element.style.width = width;
    if (element.style.height !== height) element.style.height = height;
    send({ kind: 'draw', picture: number, order });
  });
  return { ref, canvas, draw: draw.current };
}
