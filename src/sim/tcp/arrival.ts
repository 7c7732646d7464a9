// What happens when a segment arrives (RFC 9293 §3.10.7), in the RFC's order: one function a check.

import { type Micros, micros } from '../../lib/time.ts';
import { TCP_FLAG } from '../../wire/tcp.ts';
import { takeAcknowledgement } from './acknowledgement.ts';
import { has, type Segment, segmentLength } from './segment.ts';
import { isAcceptable, placeOf, type Seq, seq, seqDiff } from './seq.ts';
import type { Tcb } from './tcb.ts';

const { ACK, FIN, RST, SYN } = TCP_FLAG;

export function segmentArrives(connection: Tcb, segment: Segment, now: Micros): void {
  if (connection.state === 'LISTEN') inListen(connection, segment, now);
  else if (connection.state === 'SYN-SENT') inSynSent(connection, segment, now);
  else otherwise(connection, segment, now);
}

/** §3.10.7.2. */
function inListen(connection: Tcb, segment: Segment, now: Micros): void {
  if (has(segment, RST)) return;
  if (has(segment, ACK)) connection.refuse(segment.ack, now);
  if (has(segment, ACK) || !has(segment, SYN)) return;
  takeSyn(connection, segment);
  connection.advance('rcv SYN');
  connection.sender.wnd = segment.window;
  connection.answerWithSyn(now);
}

/** §3.10.7.3. */
function inSynSent(connection: Tcb, segment: Segment, now: Micros): void {
  const { sender } = connection;
  const ack = ackPlace(connection, segment);
  const isAckGood = has(segment, ACK) && ack > sender.una && ack <= sender.nxt;
  if (has(segment, ACK) && !isAckGood) {
    if (!has(segment, RST)) connection.refuse(segment.ack, now);
    return;
  }
  if (has(segment, RST)) {
    if (isAckGood) connection.end('refused');
    return;
  }
  if (!has(segment, SYN)) return;
  takeSyn(connection, segment);
  sender.wnd = segment.window;
  sender.maxWnd = Math.max(sender.maxWnd, segment.window);
  if (isAckGood) {
    connection.advance('rcv SYN+ACK');
    acknowledge(connection, segment, ack, now);
    takeWindow(connection, segment, 0, ack);
    onEstablished(connection, now);
    connection.receiver.acks.demand(now);
    takeText(connection, segment, 1, now);
    return;
  }
  connection.advance('rcv SYN');
  connection.answerWithSyn(now);
}

function takeSyn(connection: Tcb, segment: Segment): void {
  connection.writer.irs = segment.seq;
  connection.receiver.buffer.nxt = 1;
  connection.receiver.lastAcked = 1;
  connection.writer.agree(segment.options);
}

/** §3.10.7.4. */
function otherwise(connection: Tcb, segment: Segment, now: Micros): void {
  const { receiver } = connection;
  const at = placeOf(segment.seq, connection.writer.irs, receiver.nxt);
  if (isOutdated(connection, segment) && !has(segment, RST)) {
    receiver.onOldSegment(at, at + segment.payload.length, now);
    return;
  }
  const isCrossing = isCrossingSyn(connection, segment, at);
  if (!isCrossing && !isInWindow(connection, segment, at)) {
    answerOld(connection, segment, at, now);
    return;
  }
  takeTimestamp(connection, segment, at);
  if (has(segment, RST)) reset(connection, at, now);
  else if (has(segment, SYN) && !isCrossing) onSyn(connection, now);
  else if (has(segment, ACK) && checkAck(connection, segment, at, now)) {
    takeText(connection, segment, isCrossing ? at + 1 : at, now);
  }
}

/** First check: the sequence number. With a closed window ACKs still count. */
function isInWindow({ receiver }: Tcb, segment: Segment, at: number): boolean {
  const length = segmentLength(segment);
  const { nxt, wnd } = receiver;
  return isAcceptable(at, length, { nxt, wnd }) || (wnd === 0 && at === nxt);
}

/** A SYN with ACK that crossed ours (a simultaneous open): it lies before the window, and is right. */
function isCrossingSyn({ state, sender }: Tcb, segment: Segment, at: number): boolean {
  return (
    state === 'SYN-RECEIVED' &&
    has(segment, SYN) &&
    has(segment, ACK) &&
    at === 0 &&
    sender.nxt === 1
  );
}

/** PAWS (RFC 7323 §5): a segment from before, or from a whole turn of the numbers before. */
function isOutdated({ writer }: Tcb, { options }: Segment): boolean {
  const { hasTimestamps, tsRecent } = writer;
  if (!hasTimestamps || tsRecent === undefined || !options.timestamps) return false;
  return seqDiff(seq(options.timestamps.value), seq(tsRecent)) < 0;
}

function takeTimestamp(connection: Tcb, { options }: Segment, at: number): void {
  if (!connection.writer.hasTimestamps || !options.timestamps) return;
  if (at <= connection.receiver.lastAcked) connection.writer.tsRecent = options.timestamps.value;
}

/** Not acceptable: an ACK says where we are, except to a reset. */
function answerOld(connection: Tcb, segment: Segment, at: number, now: Micros): void {
  if (has(segment, RST)) return;
  const { receiver, state } = connection;
  if (state === 'SYN-RECEIVED' && has(segment, SYN)) {
    connection.answerWithSyn(now);
    const { timer, parameters } = connection.sender;
    // Linux: an answer takes the place of the one that the timer would have sent.
    if (parameters.timerWheel && connection.isPassive) timer.set('rto', now, timer.rto);
    return;
  }
  if (state === 'TIME-WAIT' && has(segment, FIN)) connection.startTimeWait(now);
  if (segmentLength(segment) > 0) {
    receiver.onOldSegment(at, Math.min(receiver.nxt, at + segment.payload.length), now);
  } else if (at < receiver.nxt)
    receiver.acks.demand(now); // a probe or a keep-alive
  else connection.challenge(now);
}

/** Second check, as RFC 5961 §3 tightens it: only the very next number resets. */
function reset(connection: Tcb, at: number, now: Micros): void {
  const isOpening = connection.state === 'SYN-RECEIVED';
  if (at !== connection.receiver.nxt) connection.challenge(now);
  else if (isOpening && connection.isPassive) connection.advance('rcv RST');
  else connection.end(isOpening ? 'refused' : 'reset by peer');
}

/** Fourth check: a SYN in a connection that has one (RFC 5961 §4). */
function onSyn(connection: Tcb, now: Micros): void {
  if (connection.state === 'SYN-RECEIVED' && connection.isPassive) connection.advance('rcv RST');
  else connection.challenge(now);
}

/** Fifth check; false when the segment is to be dropped. */
function checkAck(connection: Tcb, segment: Segment, at: number, now: Micros): boolean {
  const { sender } = connection;
  const ack = ackPlace(connection, segment);
  if (connection.state === 'SYN-RECEIVED') {
    if (ack <= sender.una || ack > sender.nxt) {
      connection.refuse(segment.ack, now);
      return false;
    }
    connection.advance('rcv ACK of SYN');
    sender.wnd = segment.window * 2 ** (has(segment, SYN) ? 0 : connection.writer.sendShift);
    onEstablished(connection, now);
    connection.wl1 = -1;
  }
  if (ack > sender.nxt) {
    connection.challenge(now);
    return false;
  }
  if (ack < sender.una - Math.max(sender.maxWnd, sender.wnd)) {
    connection.challenge(now); // RFC 5961 §5
    return false;
  }
  const changesWindow = takeWindow(connection, segment, at, ack);
  acknowledge(connection, segment, ack, now, changesWindow);
  afterAck(connection, segment, now);
  return connection.state !== 'CLOSED';
}

/** The states in which an acknowledgement of our FIN leads further. */
function afterAck(connection: Tcb, segment: Segment, now: Micros): void {
  const { state, sender, receiver } = connection;
  if (!sender.isFinAcked) return;
  if (state === 'FIN-WAIT-1') {
    const at = placeOf(segment.seq, connection.writer.irs, receiver.nxt);
    const bringsFin = has(segment, FIN) && at <= receiver.nxt;
    if (!bringsFin) connection.advance('rcv ACK of FIN');
  } else if (state === 'CLOSING') {
    connection.advance('rcv ACK of FIN');
    connection.startTimeWait(now);
  } else if (state === 'LAST-ACK') connection.advance('rcv ACK of FIN');
}

function acknowledge(
  connection: Tcb,
  segment: Segment,
  ack: number,
  now: Micros,
  changesWindow = false,
): void {
  const { sender, writer } = connection;
  const place = (at: Seq) => placeOf(at, writer.iss, sender.una);
  const { sack, timestamps } = segment.options;
  const blocks = connection.writer.hasSack && sack ? sack : [];
  const hasEcho = connection.writer.hasTimestamps && timestamps !== undefined;
  takeAcknowledgement(
    sender,
    {
      ack,
      blocks: blocks.map(({ start, end }) => ({ start: place(start), end: place(end) })),
      carriesData: segmentLength(segment) > 0,
      changesWindow,
      echo: hasEcho ? connection.writer.timeOfEcho(timestamps.echo) : undefined,
    },
    now,
  );
  sender.persist.onAnswer(now);
  sender.afterAcknowledgement();
}

/** Whether the window is another than before. */
function takeWindow(connection: Tcb, segment: Segment, at: number, ack: number): boolean {
  const { sender } = connection;
  if (ack < sender.una) return false;
  const isNewer = connection.wl1 < at || (connection.wl1 === at && connection.wl2 <= ack);
  if (!isNewer) return false;
  const shift = has(segment, SYN) ? 0 : connection.writer.sendShift;
  const window = segment.window * 2 ** shift;
  const isChange = window !== sender.wnd;
  sender.wnd = window;
  sender.maxWnd = Math.max(sender.maxWnd, window);
  connection.wl1 = at;
  connection.wl2 = ack;
  return isChange;
}

function onEstablished({ sender, receiver, parameters, isPassive }: Tcb, now: Micros): void {
  sender.maxWnd = Math.max(sender.maxWnd, sender.wnd);
  receiver.window.begin(now, sender.mss);
  sender.buffer.begin(sender.mss);
  // RFC 5681 §3.1: when the SYN was lost the path deserves care. Linux asks only who opened.
  if (isPassive && parameters.forgivenSynLosses > 0) return;
  if (sender.synRetransmissions > parameters.forgivenSynLosses) sender.window.cwnd = 1;
}

/** Seventh and eighth: the text, as far as it lies in the window, and the FIN. */
function takeText(connection: Tcb, segment: Segment, at: number, now: Micros): void {
  const { receiver, state } = connection;
  const takesText = state === 'ESTABLISHED' || state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';
  if (takesText && segment.payload.length > 0) {
    const edge = receiver.window.edge;
    const fits = segment.payload.subarray(0, Math.max(0, edge - at));
    const isPushed = has(segment, TCP_FLAG.PSH);
    if (connection.writer.hasTimestamps && segment.options.timestamps?.echo) {
      const echo = connection.writer.timeOfEcho(segment.options.timestamps.echo);
      receiver.onEcho(echo, segment.payload.length, now);
    }
    if (fits.length > 0)
      receiver.onData(at, fits, isPushed, micros(connection.sender.timer.rto), now);
    else receiver.acks.demand(now);
  }
  if (!takesText) return;
  const isKnown = receiver.finPlace !== undefined;
  if (has(segment, FIN) && !receiver.takeFin(at + segment.payload.length, now)) return;
  if (receiver.hasFin && (isKnown || has(segment, FIN))) onFin(connection, now);
}

function onFin(connection: Tcb, now: Micros): void {
  const { state, sender, receiver } = connection;
  if (state === 'ESTABLISHED') {
    receiver.acks.onFin(now);
    connection.advance('rcv FIN');
    return;
  }
  receiver.acks.demand(now);
  if (state === 'FIN-WAIT-1' && !sender.isFinAcked) connection.advance('rcv FIN');
  else {
    connection.advance(state === 'FIN-WAIT-1' ? 'rcv FIN+ACK of FIN' : 'rcv FIN');
    connection.startTimeWait(now);
  }
}

const ackPlace = ({ writer, sender }: Tcb, { ack }: Segment): number =>
  placeOf(ack, writer.iss, sender.una);
