// The labs' requests on the app's own Socket.IO and HTTP: opening, watching, exporting, publishing.

import type { Server, Socket } from 'socket.io';
import { done, type Reply, refused } from '../../src/contract/call.ts';
import {
  LAB_CALLS,
  type LabClientToServer,
  type LabServerToClient,
  type OpenedLab,
  type TapRecords,
} from '../../src/contract/labs.ts';
import { parseScript } from '../../src/faults/script.ts';
import { answerCalls } from '../answer-calls.ts';
import { watch } from '../tap/viewer.ts';
import type { Lab } from './lab.ts';
import type { Labs } from './labs.ts';
import type { PacketWatch } from './packet-watch.ts';
import type { Published } from './published.ts';
import type { TextClients } from './text-clients.ts';

type AppSocket = Socket<LabClientToServer, LabServerToClient>;

/** Taps that one page may watch at once. */
const MAX_WATCHED = 8;

interface Parts {
  readonly labs: Labs;
  readonly published: Published;
  readonly texts: TextClients;
  readonly packets: PacketWatch;
  /** Where browsers find the labs. */
  readonly at: () => OpenedLab['at'];
  onBug(error: unknown): void;
}

/** Answers every row of `LAB_CALLS` on every socket of `io`. */
export function serveLabs(io: Server, { labs, published, texts, packets, at, onBug }: Parts): void {
  io.on('connection', (plain: Socket) => {
    const socket = plain as unknown as AppSocket;
    const { address } = plain.handshake;
    const watchPackets = async (lab: Lab) => done({ isSeen: await packets.watch(lab, address) });
    const watched = new Map<string, () => void>();
    const unwatch = (lab: string): void => {
      watched.get(lab)?.();
      watched.delete(lab);
    };
    socket.on('disconnect', () => {
      for (const lab of [...watched.keys()]) unwatch(lab);
    });
    answerCalls(
      plain,
      LAB_CALLS,
      {
        'lab:open': (request) => {
          const opened = labs.open(request, address);
          return opened.ok ? done({ ...opened.value, at: at() }) : opened;
        },
        'lab:close': ({ lab, token }) => {
          const owned = labs.owned(lab, token);
          if (!owned.ok) return owned;
          unwatch(lab);
          labs.close(lab);
          return done(null);
        },
        'lab:watch': ({ lab, token, after }): Reply<null> => {
          const owned = labs.owned(lab, token);
          if (!owned.ok) return owned;
          unwatch(lab);
          if (watched.size >= MAX_WATCHED) {
            return refused('labs/too-many', 'This page watches too many labs. Reload it.');
          }
          const release = labs.hold(lab);
          const stop = watch(lab, owned.value.tap.ring, after, (part) => sendPart(socket, part));
          watched.set(lab, () => {
            stop();
            release();
          });
          return done(null);
        },
        'lab:clock': ({ lab, token }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? done({ now: owned.value.tap.clock() }) : owned;
        },
        'lab:note': ({ lab, token, notes }): Reply<null> => {
          const owned = labs.owned(lab, token);
          if (owned.ok) owned.value.write(notes);
          return owned.ok ? done(null) : owned;
        },
        'lab:order': ({ lab, token, lane, order, settings }): Reply<null> => {
          const owned = labs.owned(lab, token);
          if (!owned.ok) return owned;
          return owned.value.order(lane, order, settings) ? done(null) : noSuchOrder(lane, order);
        },
        'lab:send': async ({ lab, token, lane, text }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? texts.send({ lab: owned.value, lane }, text, address) : owned;
        },
        'lab:link': ({ lab, token, lane, script }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? setLink(owned.value, lane, script) : owned;
        },
        'lab:packets': async ({ lab, token }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? watchPackets(owned.value) : owned;
        },
        'lab:publish': async ({ lab, token }) => {
          const owned = labs.owned(lab, token);
          return owned.ok ? published.publish(owned.value.tap.ring.all()) : owned;
        },
      },
      onBug,
    );
  });
}

const noSuchOrder = (lane: string, order: string): Reply<never> =>
  refused('labs/no-such-order', `Nothing behind the lane "${lane}" knows the order "${order}".`);

/** Puts a script in force, as the page gave it; none where it is null. */
function setLink(lab: Lab, lane: string | undefined, script: unknown): Reply<null> {
  if (lane !== undefined && !lab.hasLane(lane)) {
    return refused('link/no-such-lane', `This lab has no lane "${lane}".`);
  }
  const parsed = script === null ? undefined : parseScript(script);
  if (parsed && !parsed.ok) return parsed;
  lab.link.set(parsed?.value, lane);
  return done(null);
}

/** Resolves when the page has taken the part; rejects when it is gone. */
function sendPart(socket: AppSocket, part: TapRecords): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!socket.connected) {
      reject(new Error('the viewer is gone'));
      return;
    }
    const gone = (): void => reject(new Error('the viewer is gone'));
    socket.once('disconnect', gone);
    socket.emit('tap:records', part, () => {
      socket.off('disconnect', gone);
      resolve();
    });
  });
}
