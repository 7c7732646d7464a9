// The inspector before anything is open: what can be opened, and the ways to do it.

import { useId, useRef, useState } from 'react';
import { bytesOfText } from '../../capture/packet-text.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './EmptyInspector.module.css';
import type { Inspector } from './use-inspector.ts';

const SAMPLES = [
  ['handshake-both', 'A handshake over HTTP, then the upgrade to WebSocket'],
  ['emit-everybody', 'A message to everybody who is connected'],
  ['mailbox-crash', 'A letter that was read, and not confirmed before a crash'],
] as const;

export function EmptyInspector({ inspector }: { readonly inspector: Inspector }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.empty}>
      <section className={styles.drop}>
        <h2>Open a capture</h2>
        <p>
          A file in the formats pcap or pcapng, from Wireshark, tcpdump or Wirelight: up to 50 MB
          and 200,000 packets. Drop it on this page, or choose it. It is read in your browser and
          sent nowhere.
        </p>
        <Button kind="primary" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Capture file"
          accept=".pcap,.pcapng,.cap,.ntar,application/vnd.tcpdump.pcap"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) inspector.openFile(file);
          }}
        />
      </section>
      <section>
        <h2>Or a sample</h2>
        <ul className={styles.samples}>
          {SAMPLES.map(([name, words]) => (
            <li key={name}>
              <Button onClick={() => inspector.openSample(name)}>{words}</Button>
            </li>
          ))}
        </ul>
      </section>
      <Paste inspector={inspector} />
      <section>
        <h2>What is explained</h2>
        <p>
          Ethernet, Linux cooked, loopback and raw IP captures; ARP, IPv4, IPv6, ICMP, TCP, UDP and
          DNS; and above TCP, once its pieces are put in order, HTTP/1, WebSocket, Engine.IO and
          Socket.IO. What is encrypted stays encrypted.
        </p>
      </section>
    </div>
  );
}

function Paste({ inspector }: { readonly inspector: Inspector }) {
  const id = useId();
  const [text, setText] = useState('');
  const open = () => {
    const bytes = bytesOfText(text);
    if (bytes) inspector.openBytes('Pasted capture', bytes);
    else inspector.fail('Pasted text', 'This is neither a hex dump nor base64.');
  };
  return (
    <section className={styles.paste}>
      <h2>
        <label htmlFor={id}>Or paste one</label>
      </h2>
      <p>A whole capture file as a hex dump (hexdump, xxd) or as base64.</p>
      <textarea
        id={id}
        rows={4}
        value={text}
        spellCheck={false}
        placeholder="00000000  0a 0d 0d 0a 1c 00 00 00 4d 3c 2b 1a …"
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button onClick={open} disabled={text.trim() === ''}>
        Open what I pasted
      </Button>
    </section>
  );
}
