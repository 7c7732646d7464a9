// Both ends of a TCP connection at this moment: the state of each, and the client's bytes on two rulers, as
// they stand at the client and in the server's buffer. A picture of (capture, playhead).

import { useMemo } from 'react';
import type { Capture } from '../capture/capture.ts';
import type { EndAccount } from '../capture/end-account.ts';
import styles from './BothEnds.module.css';
import { ByteRuler, Swatch } from './ByteRuler.tsx';
import { bytesOf, type Ruler, receiverRuler, senderRuler } from './byte-ruler.ts';
import { describeDuration, latestAt, passedAt } from './moments.ts';
import { type StateWords, stateInWords } from './tcp-state-words.ts';
import { useFlying } from './use-flying.ts';
import type { ViewProps } from './view.ts';

export function BothEnds(view: Pick<ViewProps, 'capture' | 'playhead' | 'moving'>) {
  const { capture } = view;
  const { client, server, total } = useMemo(() => endsOf(capture), [capture]);
  const playhead = useFlying(view, (at) => passedAt(client, at) + passedAt(server, at));
  const sender = latestAt(client, playhead);
  const receiver = latestAt(server, playhead);
  const sent = senderRuler(sender, total);
  const got = receiverRuler(receiver, total);
  const listens = server.length === 0 ? 'CLOSED' : 'LISTEN';
  return (
    <section className={styles.ends} aria-label="Both ends at this moment">
      {/* One above the other, so that the same byte stands at the same place. */}
      <End name="Client" words={stateInWords(sender, 'CLOSED')} ruler={sent} />
      <End name="Server" words={stateInWords(receiver, listens)} ruler={got} />
      <div className={styles.lists}>
        <Facts name="Client" facts={[...SENT.map(factOf(sent)), ...windowsOf(sender)]} />
        <Facts name="Server" facts={[...RECEIVED.map(factOf(got)), roomOf(receiver)]} />
      </div>
    </section>
  );
}

function endsOf({ ends = [] }: Capture) {
  const client = ends.filter(({ end }) => end === 'client');
  // A FIN takes a number too; before anything is written there is one byte to draw.
  const total = client.reduce((most, { nxt, unsent, state }) => {
    const isOpen = state === 'ESTABLISHED';
    return isOpen ? Math.max(most, nxt - 1 + unsent) : most;
  }, 1);
  return { client, server: ends.filter(({ end }) => end === 'server'), total };
}

interface Fact {
  /** What it looks like on the ruler; absent where it is not on it. */
  readonly kind?: string;
  readonly label: string;
  readonly value: string;
}

const SENT = [
  ['done', 'acknowledged'],
  ['way', 'sent, not acknowledged'],
  ['may', 'the windows allow'],
  ['waits', 'must wait'],
] as const;

const RECEIVED = [
  ['done', 'read by the program'],
  ['unread', 'there, not read yet'],
  ['hole', 'missing'],
  ['beyond', 'there, behind a hole'],
] as const;

const number = (value: number): string => value.toLocaleString('en');

const factOf =
  (ruler: Ruler) =>
  ([kind, label]: (typeof SENT | typeof RECEIVED)[number]): Fact => ({
    kind,
    label,
    value: number(bytesOf(ruler, kind)),
  });

function windowsOf(account: EndAccount | undefined): Fact[] {
  const room = Math.max(0, (account?.limit ?? 0) - Math.max(1, account?.una ?? 1));
  const isOpen = account !== undefined && account.limit > 0;
  return [
    { kind: 'receiver', label: 'server’s window', value: isOpen ? number(room) : 'not known' },
    {
      kind: 'congestion',
      label: 'congestion window',
      value: isOpen ? number(account.cwnd * account.mss) : 'not in use',
    },
    { label: 'timeout', value: account ? describeDuration(account.rto) : 'none' },
  ];
}

const roomOf = (account: EndAccount | undefined): Fact => ({
  kind: 'receiver',
  label: 'room offered',
  value: account ? number(Math.max(0, account.offered - account.next)) : 'none',
});

interface EndProps {
  readonly name: string;
  readonly words: StateWords;
  readonly ruler: Ruler;
}

function End({ name, words, ruler }: EndProps) {
  return (
    <div>
      <p className={styles.state}>
        <b>{name}</b> <code>{words.state}</code> <span>{words.meaning}</span>
      </p>
      <ByteRuler ruler={ruler} />
    </div>
  );
}

function Facts({ name, facts }: { readonly name: string; readonly facts: readonly Fact[] }) {
  return (
    <ul className={styles.facts} aria-label={`${name}, bytes`}>
      {facts.map(({ kind, label, value }) => (
        <li key={label}>
          {kind === undefined ? <span /> : <Swatch kind={kind} />}
          <span>{label}</span>
          <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}
