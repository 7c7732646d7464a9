// Runs a program of the lesson about missed events: gives it messages to send, and writes down what it
// does with every one. Knows no strategy.

import type { Server, Socket } from 'socket.io';
import type { Message, ServerDesk } from '../../../src/programs/missed.ts';
import type { Exercise, LaneContext, Settings } from './exercise.ts';

const MOST_MESSAGES = 200;
const MOST_HANDLED = 10_000;

/**
 * The lane sends `count` messages, one every `everyMs`, once it is ordered to `start`. At `count` below
 * its path it says, over plain HTTP, what it emitted and handled: its own count, beside the notes.
 */
export function missedExercise(name: string, program: (desk: ServerDesk) => void): Exercise {
  return {
    name,
    attach(lane) {
      const counts = { emitted: [] as string[], handled: [] as string[], known: [] as string[] };
      const listeners: ((message: Message) => unknown)[] = [];
      const send = (n: number): void => {
        // A program that only passes on what it gets has nothing to emit by itself.
        if (listeners.length === 0) return;
        const message = { id: `s-${n}`, n };
        counts.emitted.push(message.id);
        lane.note('emitted', message.id);
        const before = recoverable(lane.io);
        for (const listener of listeners) listener(message);
        if (recoverable(lane.io) > before) lane.note('buffered', message.id, 'for recovery');
      };
      watchOutgoing(lane);
      program({
        ...deskOf(lane, counts),
        ticker: { on: (_, listener) => void listeners.push(listener) },
      });
      lane.onOrder('start', (settings) => schedule(lane, settings, send));
      lane.onRequest(({ url }, res) => {
        if (url !== `${lane.path}count`) return false;
        res.setHeader('content-type', 'application/json');
        res.end(JSON.stringify(counts));
        return true;
      });
    },
  };
}

type Counts = Readonly<Record<'emitted' | 'handled' | 'known', string[]>>;

function deskOf(lane: LaneContext, counts: Counts): Omit<ServerDesk, 'ticker'> {
  const { io, note } = lane;
  const add = (ids: string[], id: string): void => {
    if (ids.length < MOST_HANDLED) ids.push(id);
  };
  return {
    io,
    handle(message) {
      add(counts.handled, idOf(message));
      note('handled', idOf(message));
    },
    known(message) {
      add(counts.known, idOf(message));
      note('repeated', idOf(message));
    },
    keep: (message) => note('buffered', idOf(message), 'in the server’s memory'),
    confirmed: (message) => note('acknowledged', idOf(message)),
    gaveUp: (message) => note('abandoned', idOf(message)),
    passOn: (message, to) => note('emitted', idOf(message), `to:${to}`),
    wait: (ms) => new Promise((resolve) => void lane.after(ms, resolve)),
  };
}

/** A client may send anything in place of a message. */
const idOf = (message: unknown): string => {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.slice(0, 40) : '';
};

function schedule({ after }: LaneContext, settings: Settings, send: (n: number) => void): void {
  const count = Math.min(MOST_MESSAGES, Number(settings.count) || 0);
  const everyMs = Math.max(20, Number(settings.everyMs) || 0);
  const firstMs = Math.max(0, Number(settings.firstMs) || 0);
  for (let i = 0; i < count; i++) after(firstMs + i * everyMs, () => send(i + 1));
}

/** Who comes and goes, and what is emitted a second time. */
function watchOutgoing({ io, note }: LaneContext): void {
  const sent = new Set<string>();
  io.on('connection', (socket: Socket) => {
    note('connected', '', socket.conn.transport.name);
    socket.on('disconnect', (reason) => note('disconnected', '', reason));
    socket.onAnyOutgoing((event: string, message: unknown) => {
      const id = idOf(message);
      if (event !== 'news' || id === '') return;
      if (sent.has(id)) note('resent', id);
      sent.add(id);
    });
  });
}

/** How many packets Socket.IO's own adapter keeps for connection state recovery. */
function recoverable(io: Server): number {
  const { packets } = io.of('/').adapter as { packets?: unknown };
  return Array.isArray(packets) ? packets.length : 0;
}
