// The messages of an opened capture in the views that every capture has, one connection at a time where
// there are many.

import { useId, useMemo, useState } from 'react';
import { oneConnection } from '../../capture/one-connection.ts';
import type { PacketAnalysis } from '../../capture/packet-analysis.ts';
import { CaptureStage } from '../stage/CaptureStage.tsx';
import styles from './MessagePane.module.css';

/** So many frames are drawn at once; a file may hold more. */
const MAX_FRAMES = 20_000;

export function MessagePane({ analysis }: { readonly analysis: PacketAnalysis }) {
  const id = useId();
  const { messages } = analysis;
  const { connections } = messages;
  const isMuch = messages.frames.length > MAX_FRAMES;
  const [chosen, setChosen] = useState(isMuch ? (connections[0]?.id ?? 0) : 0);
  const capture = useMemo(
    () => (chosen === 0 ? messages : oneConnection(messages, chosen)),
    [messages, chosen],
  );
  return (
    <div className={styles.pane}>
      {connections.length > 1 && (
        <p className={styles.choice}>
          <label htmlFor={id}>Connection </label>
          <select
            id={id}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          >
            {!isMuch && <option value={0}>all {connections.length}</option>}
            {connections.map(({ id: one, client, server }) => (
              <option key={one} value={one}>
                {one}: {client.address} port {client.port}, to {server.address} port {server.port}
              </option>
            ))}
          </select>
        </p>
      )}
      {capture.frames.length > MAX_FRAMES ? (
        <p className={styles.choice}>
          This connection has {capture.frames.length.toLocaleString('en')} messages, too many to
          draw on one page. The list of packets shows them all.
        </p>
      ) : (
        <CaptureStage key={chosen} capture={capture} />
      )}
    </div>
  );
}
