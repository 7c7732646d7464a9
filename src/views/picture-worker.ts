// The thread that draws the moving pictures, so that the page's own thread stays free for the
// learner. Knows orders alone: no capture, no document.

import { type Ink, InkValues } from './ink-values.ts';
import { LadderPainter } from './ladder-painter.ts';
import { PacketsPainter } from './packets-painter.ts';
import type {
  FaceOrder,
  InkOrder,
  LadderOrder,
  PacketsOrder,
  PictureMessage,
} from './picture-order.ts';

/** What of a worker's globals is used here; the compiler knows those of a page only. */
interface Thread {
  readonly fonts: FontFaceSet;
  onmessage: (event: MessageEvent<readonly PictureMessage[]>) => void;
  requestAnimationFrame(callback: () => void): void;
}

interface Painter {
  /** Orders that come before the next frame of the screen replace each other. */
  take(order: PacketsOrder | LadderOrder): void;
  paint(ink: Ink): void;
}

const thread = globalThis as unknown as Thread;
const painters = new Map<number, Painter>();
const due = new Set<Painter>();
const faces = new Set<string>();
let ink: Ink | undefined;
let isAsked = false;

thread.onmessage = ({ data }) => {
  for (const message of data) obey(message);
};

function obey(data: PictureMessage): void {
  if (data.kind === 'open') {
    const { picture, what, canvas } = data;
    painters.set(picture, new (what === 'packets' ? PacketsPainter : LadderPainter)(canvas));
  } else if (data.kind === 'ink') {
    void changeInk(data.ink);
  } else if (data.kind === 'draw') {
    const painter = painters.get(data.picture);
    painter?.take(data.order);
    if (painter) ask([painter]);
  } else {
    painters.delete(data.picture);
  }
}

/** The faces that pictures are written in; letters that they lack bring their own. */
const FONTS = ['500 12px mono', '400 12px sans', '600 12px sans'] as const;

let latest: InkOrder | undefined;

/** Only when the faces are there: Chromium keeps for good what it once took in place of one. */
async function changeInk(order: InkOrder): Promise<void> {
  latest = order;
  const { values, scale } = order;
  addFaces(order.faces);
  const wanted = FONTS.map((font) =>
    thread.fonts.load(font.replace(/mono|sans/, (kind) => values[`font-${kind}`] ?? kind)),
  );
  await Promise.allSettled(wanted);
  if (latest !== order) return;
  ink = new InkValues(values, scale);
  ask(painters.values());
}

function addFaces(orders: readonly FaceOrder[]): void {
  for (const { family, src, weight, unicodeRange } of orders) {
    const key = `${family} ${weight} ${src}`;
    if (faces.has(key)) continue;
    faces.add(key);
    thread.fonts.add(new FontFace(family, src, { weight, unicodeRange }));
  }
}

function ask(some: Iterable<Painter>): void {
  for (const painter of some) due.add(painter);
  if (isAsked || due.size === 0) return;
  isAsked = true;
  thread.requestAnimationFrame(() => {
    isAsked = false;
    for (const painter of due) if (ink) painter.paint(ink);
    due.clear();
  });
}
