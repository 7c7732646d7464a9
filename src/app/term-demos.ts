// Which demo shows the bytes of a term. Only what its run with these settings really has is listed;
// content/term-demos.test.ts looks into the captures.

import type { Term } from '../glossary/index.ts';

export interface TermDemo {
  readonly demo: string;
  readonly params: Readonly<Record<string, string>>;
}

const of = (demo: string, params: TermDemo['params'] = {}): TermDemo => ({ demo, params });

const BY_LAYER: Partial<Record<Term['layer'], TermDemo>> = {
  http: of('handshake'),
  websocket: of('handshake'),
  engineio: of('handshake'),
  socketio: of('handshake'),
  tcp: of('tcp'),
  udp: of('udp'),
  ip: of('packets'),
};

const NEWS = of('polling-vs-websocket');
const BINARY = of('emit', { payload: 'binary' });
const RECOVERY = of('missed-events', { strategy: 'recovery' });
const NOWHERE = undefined;

const BY_TERM: Readonly<Record<string, TermDemo | undefined>> = {
  'binary-attachment': BINARY,
  namespace: BINARY,
  'close-code': NEWS,
  'last-event-id': NEWS,
  'server-sent-events': NEWS,
  'conditional-request': of('http'),
  offset: RECOVERY,
  pid: RECOVERY,
  sack: of('tcp', { loss: 'middle' }),
  port: of('tcp'),
  checksum: of('packets'),
  'connect-packet': NOWHERE,
  cookie: NOWHERE,
  fragmentation: NOWHERE,
  'hop-limit': NOWHERE,
  icmp: NOWHERE,
  ipv6: NOWHERE,
  loopback: NOWHERE,
  ping: NOWHERE,
  pong: NOWHERE,
  'socket-io': NOWHERE,
};

/** The demo in whose run a field of the term is found; `undefined` where no demo has one. */
export function demoOf(term: Pick<Term, 'id' | 'layer' | 'fields'>): TermDemo | undefined {
  if (term.fields.length === 0) return undefined;
  return term.id in BY_TERM ? BY_TERM[term.id] : BY_LAYER[term.layer];
}

/** The address at which the demo runs, stops, and selects the first frame with a field of the term. */
export function addressOf({ demo, params }: TermDemo, fields: readonly string[]): string {
  return `/demos/${demo}?${new URLSearchParams({ ...params, see: fields.join(',') })}`;
}
