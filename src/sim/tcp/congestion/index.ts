// The ways of congestion control. The only list to edit when one is added.

import type { TcpParameters } from '../parameters.ts';
import type { CongestionController } from './controller.ts';
import { createCubic } from './cubic.ts';
import { createReno } from './reno.ts';

export const CONGESTION_CONTROLS = {
  cubic: createCubic,
  reno: createReno,
} as const satisfies Record<string, (parameters: TcpParameters) => CongestionController>;

export type CongestionName = keyof typeof CONGESTION_CONTROLS;
