// Driving one device of somebody else's room: the right to it, told once as a token, and what may be done
// with it. The token of the lab's tap is no part of it.

import * as z from 'zod/mini';
import { call, type EventsOf } from './call.ts';
import { classCode as code } from './class.ts';

const labId = z.string().check(z.regex(/^[a-z0-9]{10}$/));
const token = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What a finger can do to a panel, and nothing else. */
const wish = z.union([
  z.strictObject({ what: z.literal('volume'), value: z.int().check(z.gte(0), z.lte(100)) }),
  z.strictObject({ what: z.literal('muted'), value: z.boolean() }),
  z.strictObject({ what: z.literal('source'), value: z.enum(['HDMI 1', 'HDMI 2']) }),
]);

export type DriveWish = z.infer<typeof wish>;

/** A lent device that somebody of the class may take. Whose it is, only its owner is told. */
export interface DeviceOffer {
  readonly offer: string;
  readonly device: string;
  readonly isYours: boolean;
}

export const DRIVE_CALLS = {
  /** For the learner whose lab it is: the right to one device, as a new token; an older one ends. */
  'drive:grant': call<{ driving: string }>()(
    z.strictObject({ lab: labId, token, device: z.string().check(z.regex(/^[a-z0-9 ]{1,20}$/)) }),
  ),
  /** For the same learner: the right ends. */
  'drive:end': call<null>()(z.strictObject({ lab: labId, token })),
  /** For whoever has the address: which device it is. */
  'drive:device': call<{ device: string }>()(z.strictObject({ driving: token })),
  /** A touch, answered with what the device's own program was told. */
  'drive:touch': call<{ answer: string }>()(z.strictObject({ driving: token, wish })),
  /** For the learner whose lab it is: whoever of her class takes it first drives the device, too. */
  'drive:offer': call<null>()(z.strictObject({ lab: labId, token, code })),
  /** For everybody of the class: what is offered now. Changes come as `drive:offered`. */
  'drive:offers': call<{ offers: readonly DeviceOffer[] }>()(z.strictObject({ code })),
  /** For one of the class: the right, as a token of its own. */
  'drive:take': call<{ driving: string }>()(
    z.strictObject({ code, offer: z.string().check(z.regex(/^[0-9a-f]{16}$/)) }),
  ),
};

export type DriveClientToServer = EventsOf<typeof DRIVE_CALLS>;

/** To the learner's own page, which does it and says how it went. */
export interface DriveServerToClient {
  'drive:touched': (
    touch: { readonly lab: string; readonly wish: DriveWish },
    answer: (said: string) => void,
  ) => void;
  /** To everybody of a class: all that is offered there now. */
  'drive:offered': (part: {
    readonly code: string;
    readonly offers: readonly DeviceOffer[];
  }) => void;
  /** To the owner: somebody of her class has it. */
  'drive:taken': (part: { readonly lab: string }) => void;
}
