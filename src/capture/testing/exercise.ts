// Writes the records of one lane of an exercise as a script would: what programs noted, what passed on
// which connection, in the order given, a millisecond apart. For tests only.

import { micros } from '../../lib/time.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { buildWebSocketFrame } from '../../wire/websocket.ts';
import type { Capture } from '../capture.ts';
import type { NoteKind, TapRecord } from '../record.ts';
import { captureOf, UPGRADE } from './records.ts';

const KEY = Uint8Array.of(1, 2, 3, 4);

export class Exercise {
  readonly #records: TapRecord[] = [];
  #ms = 0;

  /** What `who` wrote down. */
  note(who: string, what: NoteKind, message = '', detail?: string, lane = 'main'): this {
    const { seq, at } = this.#stamp();
    const note = { kind: 'note', seq, at, wroteAt: at, errorMicros: 0, lane, who, what } as const;
    this.#records.push({ ...note, message, ...(detail === undefined ? {} : { detail }) });
    return this;
  }

  /** A WebSocket connection, upgraded, of a session named like it. */
  open(connection: number, lane = 'main'): this {
    const address = '127.0.0.1';
    const ends = { client: { address, port: 50_000 + connection }, server: { address, port: 1 } };
    this.#records.push({ kind: 'open', ...this.#stamp(), connection, lane, ...ends });
    for (const { direction, bytes } of UPGRADE) {
      this.#records.push({ kind: 'chunk', ...this.#stamp(), connection, direction, bytes });
    }
    return this.#text(
      connection,
      'down',
      `0{"sid":"session-${connection}","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":1}`,
    );
  }

  /** A message passes the tap; asks for the acknowledgement `ack` if it is given. */
  passes(
    connection: number,
    direction: 'up' | 'down',
    message: string,
    ack: number | '' = '',
  ): this {
    return this.#text(connection, direction, `42${ack}["news",{"id":"${message}"}]`);
  }

  /** Any text in a WebSocket message. */
  says(connection: number, direction: 'up' | 'down', text: string): this {
    return this.#text(connection, direction, text);
  }

  answers(connection: number, direction: 'up' | 'down', ack: number): this {
    return this.#text(connection, direction, `43${ack}[]`);
  }

  /** The same, and it dies in the link: downwards it never crosses the socket. */
  dies(connection: number, direction: 'up' | 'down', message: string): this {
    return this.saysAndDies(connection, direction, `42["news",{"id":"${message}"}]`);
  }

  saysAndDies(connection: number, direction: 'up' | 'down', text: string): this {
    const before = this.#records.length;
    const from = this.#sent(connection, direction);
    this.#text(connection, direction, text);
    const chunk = this.#records[before];
    if (chunk?.kind !== 'chunk') throw new Error('nothing was said');
    const { bytes } = chunk;
    const { length } = bytes;
    if (direction === 'down') this.#records.pop();
    const lost = { kind: 'lost', connection, direction, from, length } as const;
    const told = direction === 'down' ? { bytes } : {};
    this.#records.push({ ...lost, ...told, ...this.#stamp() });
    return this;
  }

  close(connection: number): this {
    const by = { by: 'server', how: 'fin' } as const;
    this.#records.push({ kind: 'close', ...this.#stamp(), connection, ...by });
    return this;
  }

  /** Nothing happens for that long; the tap sees at its end that time passed. */
  quiet(ms: number): this {
    this.#ms += ms;
    return this.note('server', 'connected', '', undefined, 'elsewhere');
  }

  capture(): Capture {
    return captureOf(this.#records);
  }

  #text(connection: number, direction: 'up' | 'down', text: string): this {
    const payload = encodeUtf8(text);
    const bytes = buildWebSocketFrame({
      fin: true,
      rsv: 0,
      opcode: 1,
      lengthBits: payload.length > 125 ? 16 : 7,
      payload,
      ...(direction === 'up' ? { maskingKey: KEY } : {}),
    });
    this.#records.push({ kind: 'chunk', ...this.#stamp(), connection, direction, bytes });
    return this;
  }

  /** Bytes of that direction so far. */
  #sent(connection: number, direction: 'up' | 'down'): number {
    return this.#records.reduce((sum, record) => {
      const isOurs =
        record.kind === 'chunk' &&
        record.connection === connection &&
        record.direction === direction;
      return isOurs ? sum + record.bytes.length : sum;
    }, 0);
  }

  #stamp() {
    this.#ms += 1;
    return { seq: this.#records.length + 1, at: micros(this.#ms * 1_000) };
  }
}
