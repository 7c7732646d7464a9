// The lab's end of a connection: a duplex that Node's HTTP server takes for a socket. Every byte in
// either direction passes the tap on its way, unchanged and undelayed.

import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Bytes } from '../../src/lib/bytes.ts';
import type { Wire } from '../tap/tap.ts';

const SWITCHING = 'HTTP/1.1 101';

export class LabConnection extends Duplex {
  readonly #socket: Socket;
  readonly #wire: Wire;
  /** What the server answered to an upgrade, as far as needed to know. */
  #answer: string | undefined;
  /** Engine.IO ends an upgrade that nobody answered by asking whether anything was written. */
  bytesWritten = 0;

  constructor(socket: Socket, wire: Wire) {
    super({ allowHalfOpen: true, decodeStrings: true });
    this.#socket = socket;
    this.#wire = wire;
    socket.on('timeout', () => this.emit('timeout'));
    socket.on('drain', () => this.emit('drain'));
  }

  /** Bytes from the browser, at their time of arrival. False when the lab should read first. */
  arrived(bytes: Bytes, at: bigint): boolean {
    this.#wire.saw('up', bytes, at);
    return this.push(bytes);
  }

  /** The browser will send nothing more. */
  ended(): void {
    this.#wire.closed('client', 'fin');
    this.push(null);
  }

  /** From now on the first answer decides whether this is still HTTP. */
  expectUpgrade(): void {
    this.#answer = '';
  }

  /** True where an upgrade was asked for and something else than 101 was answered. */
  get isRefusedUpgrade(): boolean {
    return this.#answer !== undefined && !SWITCHING.startsWith(this.#answer);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket.destroyed) {
      done();
      return;
    }
    if (this.#answer !== undefined && this.#answer.length < SWITCHING.length) {
      this.#answer = (this.#answer + chunk.toString('latin1')).slice(0, SWITCHING.length);
    }
    this.#wire.saw('down', chunk);
    this.bytesWritten += chunk.length;
    // `done` comes when the kernel has taken it: back-pressure reaches the lab.
    this.#socket.write(chunk, (error) => done(error ?? null));
  }

  /** What was corked together leaves together, as on a socket. */
  override _writev(
    chunks: readonly { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#wire.closed('server', 'fin');
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#wire.closed('server', 'fin');
    this.#socket.destroySoon();
    done(error);
  }

  // What http.Server asks of a socket besides being a stream.
  get remoteAddress() {
    return this.#socket.remoteAddress;
  }
  get remotePort() {
    return this.#socket.remotePort;
  }
  get localAddress() {
    return this.#socket.localAddress;
  }
  get localPort() {
    return this.#socket.localPort;
  }
  setTimeout(ms: number, listener?: () => void): this {
    this.#socket.setTimeout(ms);
    if (listener) this.once('timeout', listener);
    return this;
  }
  setNoDelay(isOn = true): this {
    this.#socket.setNoDelay(isOn);
    return this;
  }
  setKeepAlive(isOn = false, delayMs = 0): this {
    this.#socket.setKeepAlive(isOn, delayMs);
    return this;
  }
  ref(): this {
    this.#socket.ref();
    return this;
  }
  unref(): this {
    this.#socket.unref();
    return this;
  }
}
