// The numbers a TCP runs with, and where each comes from. Two profiles: what current Linux does, and
// the plain values of the RFCs.

import { millis, seconds } from '../../lib/time.ts';

export type ProfileName = 'linux' | 'textbook';

interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

interface Parameter<T> {
  readonly label: string;
  readonly linux: Sourced<T>;
  readonly textbook: Sourced<T>;
}

const row = <T>(
  label: string,
  [linux, linuxSource]: readonly [T, string],
  [textbook, textbookSource]: readonly [T, string],
): Parameter<T> => ({
  label,
  linux: { value: linux, source: linuxSource },
  textbook: { value: textbook, source: textbookSource },
});

type Congestion = 'cubic' | 'reno';
type Recovery = 'rack-tlp' | 'newreno';
const linux = (name: string) => `Linux ${name}`;

/** Times are in µs, windows in segments, sizes in bytes. */
export const PARAMETERS = {
  congestion: row<Congestion>(
    'Congestion control',
    ['cubic', linux('net.ipv4.tcp_congestion_control')],
    ['reno', 'RFC 5681'],
  ),
  recovery: row<Recovery>(
    'Loss recovery',
    ['rack-tlp', 'RFC 8985; Linux since 6.17 has no other with SACK'],
    ['newreno', 'RFC 6582'],
  ),
  initialWindow: row('Initial window', [10, 'RFC 6928; TCP_INIT_CWND'], [10, 'RFC 6928']),
  slowStartExit: row<'hystart' | 'hystart++'>(
    'CUBIC leaves slow start by',
    ['hystart', 'Linux tcp_cubic: hystart'],
    ['hystart++', 'RFC 9406, which RFC 9438 §4.10 recommends'],
  ),
  growth: row<'segments' | 'acknowledgements'>(
    'The window grows by',
    ['segments', 'Linux tcp_slow_start; RFC 3465 without its limit'],
    ['acknowledgements', 'RFC 5681 §3.1: at most one segment for each ACK'],
  ),
  sack: row('Selective acknowledgements', [true, linux('net.ipv4.tcp_sack')], [false, 'RFC 9293']),
  timestamps: row('Timestamps', [true, linux('net.ipv4.tcp_timestamps')], [false, 'RFC 9293']),
  windowScale: row<number | undefined>(
    'Window scale',
    [10, 'Linux 6.18: for net.ipv4.tcp_rmem[2] of 32 MiB'],
    [undefined, 'RFC 9293: only with RFC 7323'],
  ),
  receiveBuffer: row(
    'Receive buffer at first',
    [82_432, 'Linux 6.18: net.ipv4.tcp_rmem[1], 131072, 161/256 of it payload in full segments'],
    [65_535, 'RFC 9293 §3.1: the largest window without scaling'],
  ),
  maxReceiveBuffer: row(
    'Receive buffer at most',
    [21_102_592, 'Linux 6.18: net.ipv4.tcp_rmem[2], 32 MiB, 161/256 of it payload'],
    [65_535, 'does not grow'],
  ),
  sendBuffer: row(
    'Send buffer',
    [4_194_304, linux('net.ipv4.tcp_wmem[2]')],
    [1_048_576, 'chosen here, large enough not to matter'],
  ),
  sendBufferGrows: row(
    'The send buffer follows the window',
    [true, 'Linux tcp_sndbuf_expand: room for two windows'],
    [false, 'one size'],
  ),
  bursts: row(
    'Segments leave in bursts with one PSH',
    [
      true,
      'Linux tcp_tso_autosize, __tcp_transmit_skb: about a millisecond of the rate, two at least',
    ],
    [false, 'RFC 9293 §3.9.1.2: PSH on the last of what the program wrote'],
  ),
  initialRto: row(
    'First retransmission timeout',
    [seconds(1), 'RFC 6298 (2.1); TCP_TIMEOUT_INIT'],
    [seconds(1), 'RFC 6298 (2.1)'],
  ),
  minRto: row(
    'Least retransmission timeout',
    [millis(200), 'Linux TCP_RTO_MIN, of the part added to SRTT'],
    [seconds(1), 'RFC 6298 (2.4), of the whole'],
  ),
  maxRto: row(
    'Greatest retransmission timeout',
    [seconds(120), 'Linux TCP_RTO_MAX'],
    [seconds(60), 'RFC 6298 (2.5): at least 60 s'],
  ),
  estimator: row<'linux' | 'rfc6298'>(
    'How the timeout is estimated',
    ['linux', 'Linux tcp_rtt_estimator'],
    ['rfc6298', 'RFC 6298 §2'],
  ),
  clockTick: row(
    'Timers are rounded up to',
    [millis(4), 'Linux with CONFIG_HZ=250'],
    [millis(1), 'RFC 6298 §4: G of 100 ms or less'],
  ),
  timerWheel: row(
    'Long timers are rounded up further',
    [true, 'Linux kernel/time/timer.c: 32 ms from 252 ms on, 256 ms from 2 s on'],
    [false, 'no RFC asks for it'],
  ),
  linearSynTimeouts: row(
    'SYN timeouts before they double',
    [4, linux('net.ipv4.tcp_syn_linear_timeouts')],
    [0, 'RFC 6298 (5.5)'],
  ),
  synRetries: row(
    'Times a SYN is sent again',
    [10, 'Linux net.ipv4.tcp_syn_retries, 6, and the 4 linear ones'],
    [7, 'RFC 9293 §3.8.3 (R2 for a SYN: at least three minutes)'],
  ),
  forgivenSynLosses: row(
    'SYN losses that do not shrink the first window',
    [1, 'Linux tcp_init_transfer: total_retrans > 1 makes it one segment'],
    [0, 'RFC 5681 §3.1'],
  ),
  giveUpAfter: row(
    'A connection without answer ends after',
    [millis(924_600), 'Linux net.ipv4.tcp_retries2 = 15'],
    [seconds(100), 'RFC 9293 §3.8.3 (R2: at least 100 s)'],
  ),
  ackPolicy: row<'linux' | 'every second'>(
    'When data is acknowledged',
    ['linux', 'Linux __tcp_ack_snd_check, quick at first'],
    ['every second', 'RFC 9293 §3.8.6.3, RFC 5681 §4.2'],
  ),
  delayedAck: row(
    'An acknowledgement waits at most',
    [millis(40), 'Linux TCP_DELACK_MIN'],
    [millis(200), 'RFC 9293 §3.8.6.3: less than 500 ms; 200 ms is the custom'],
  ),
  quickAcks: row('Quick acknowledgements', [16, 'Linux TCP_MAX_QUICKACKS'], [0, 'none']),
  dsack: row('Duplicates are reported', [true, linux('net.ipv4.tcp_dsack')], [false, 'RFC 2018']),
  nagle: row<'minshall' | 'nagle' | 'off'>(
    'Small segments wait',
    ['minshall', 'Linux tcp_nagle_check: for other small ones only'],
    ['nagle', 'RFC 9293 §3.7.4'],
  ),
  windowProbe: row<'old byte' | 'next byte'>(
    'A zero-window probe carries',
    ['old byte', 'Linux tcp_xmit_probe_skb: nothing, at SND.UNA-1'],
    ['next byte', 'RFC 9293 §3.8.6.1'],
  ),
  idleRestart: row(
    'The window shrinks when idle',
    [true, linux('net.ipv4.tcp_slow_start_after_idle')],
    [true, 'RFC 5681 §4.1'],
  ),
  frto: row('Spurious timeouts are found', [true, linux('net.ipv4.tcp_frto')], [false, 'RFC 5682']),
  timeWait: row(
    'TIME-WAIT lasts',
    [seconds(60), 'Linux TCP_TIMEWAIT_LEN'],
    [seconds(240), 'RFC 9293 §3.4.2: 2 MSL, MSL is 2 minutes'],
  ),
  keepAliveIdle: row<number | undefined>(
    'Idle before a keep-alive',
    [undefined, 'off unless asked for (SO_KEEPALIVE); Linux then waits 7200 s'],
    [undefined, 'RFC 9293 §3.8.4: off by default'],
  ),
  keepAliveInterval: row(
    'Between keep-alives',
    [seconds(75), linux('net.ipv4.tcp_keepalive_intvl')],
    [seconds(75), 'the custom'],
  ),
  keepAliveProbes: row(
    'Keep-alives without answer',
    [9, linux('net.ipv4.tcp_keepalive_probes')],
    [9, 'the custom'],
  ),
} as const;

type Table = typeof PARAMETERS;

/** The parameters of one endpoint. */
export type TcpParameters = {
  readonly [K in keyof Table]: Table[K] extends Parameter<infer T> ? T : never;
};

/** The values of a profile, with some of them changed. */
export function parametersOf(
  profile: ProfileName,
  changes: Partial<TcpParameters> = {},
): TcpParameters {
  const values = Object.entries(PARAMETERS).map(([key, one]) => [key, one[profile].value]);
  return { ...(Object.fromEntries(values) as TcpParameters), ...changes };
}
