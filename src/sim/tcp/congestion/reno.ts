// Reno (RFC 5681): one segment more a round trip, half of the window after a loss.

import {
  type CongestionController,
  type CongestionWindow,
  Increase,
  slowStart,
} from './controller.ts';

export function createReno(): CongestionController {
  const increase = new Increase();
  return {
    name: 'reno',
    onAck(window, acked) {
      const isSlowStart = window.cwnd < window.ssthresh;
      const left = isSlowStart ? slowStart(window, acked) : acked;
      if (left > 0) increase.add(window, window.cwnd, left);
    },
    onRtt() {},
    thresholdAfterLoss({ cwnd }: CongestionWindow) {
      increase.reset();
      return Math.max(2, Math.floor(cwnd / 2));
    },
    onTimeout: () => increase.reset(),
    onIdle() {},
    onUndo() {},
  };
}
