// The lab's end of a connection: a duplex that Node's HTTP server takes for a socket. Every byte in
// either direction passes the tap on its way, unchanged, and undelayed where the link has no line for it.

import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Direction } from '../../src/capture/record.ts';
import type { Ending } from '../../src/faults/fault.ts';
import { type Bytes, EMPTY } from '../../src/lib/bytes.ts';
import type { Micros } from '../../src/lib/time.ts';
import type { Line } from '../link/line.ts';
import type { Link, Linkable } from '../link/link.ts';
import type { Wire } from '../tap/tap.ts';

const SWITCHING = 'HTTP/1.1 101';

/** What the link is given at once, of however much the lab has to say: it holds little more than its bound. */
const PIECE = 64 * 1_024;

/** How long a browser that reads nothing can put a reset off. */
const FLUSH_MS = 1_000;

interface Place {
  readonly wire: Wire;
  readonly lane: string;
  readonly link: Link;
  readonly openedAt: Micros;
}

export class LabConnection extends Duplex implements Linkable {
  readonly #socket: Socket;
  readonly wire: Wire;
  readonly lane: string;
  readonly openedAt: Micros;
  readonly ends: Linkable['ends'];
  /** The link's own way for these bytes, while there are conditions. */
  line: Line | undefined;
  /** What the server answered to an upgrade, as far as needed to know. */
  #answer: string | undefined;
  /** Engine.IO ends an upgrade that nobody answered by asking whether anything was written. */
  bytesWritten = 0;
  #crossed = { up: 0, down: 0 };
  #isReset = false;

  constructor(socket: Socket, { wire, lane, link, openedAt }: Place) {
    super({ allowHalfOpen: true, decodeStrings: true });
    this.#socket = socket;
    this.wire = wire;
    this.lane = lane;
    this.openedAt = openedAt;
    this.ends = this.#makeEnds();
    socket.on('timeout', () => this.emit('timeout'));
    socket.on('drain', () => {
      this.line?.flow('down').resume();
      this.emit('drain');
    });
    socket.on('close', () => link.detach(this));
    link.attach(this);
  }

  /** Bytes from the browser, at their time of arrival. False when the lab should read first. */
  arrived(bytes: Bytes, at: bigint): boolean {
    this.wire.saw('up', bytes, at);
    this.#crossed.up += bytes.length;
    return this.line ? this.line.up(bytes) : this.push(bytes);
  }

  /** The browser will send nothing more. */
  ended(): void {
    this.wire.closed('client', 'fin', 'half');
    if (this.line) this.line.end('up');
    else this.push(null);
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
    const { line } = this;
    line?.flow('up').resume();
    if (!line?.flow('up').isFull) this.#socket.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket.destroyed) {
      done();
      return;
    }
    if (this.#answer !== undefined && this.#answer.length < SWITCHING.length) {
      this.#answer = (this.#answer + chunk.toString('latin1')).slice(0, SWITCHING.length);
    }
    this.bytesWritten += chunk.length;
    if (this.line) {
      this.#enter(this.line, chunk, done);
      return;
    }
    this.#saw(chunk);
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
    if (this.line) {
      this.line.end('down');
      done();
      return;
    }
    this.wire.closed('server', 'fin', 'half');
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // What the lab has said is still on its way through the link, and its end behind that.
    if (this.line && !this.line.isCut) this.line.end('down');
    else if (!this.#isReset) {
      this.wire.closed('server', 'fin');
      this.#socket.destroySoon();
    }
    done(error);
  }

  /** Piece by piece, each when there is room. What a lab that hangs up had not given away is not said. */
  #enter(line: Line, bytes: Bytes, done: () => void): void {
    const rest = bytes.subarray(PIECE);
    const next = (): void => (this.destroyed ? done() : this.#enter(line, rest, done));
    line.down(bytes.subarray(0, PIECE), rest.length === 0 ? done : next);
  }

  #saw(bytes: Bytes): void {
    this.#crossed.down += bytes.length;
    this.wire.saw('down', bytes);
  }

  #makeEnds(): Linkable['ends'] {
    const socket = this.#socket;
    const crossed = (): Readonly<Record<Direction, number>> => this.#crossed;
    return {
      toLab: (bytes) => this.destroyed || this.push(bytes),
      toBrowser: (bytes) => {
        if (socket.destroyed || socket.writableEnded) return true;
        this.#saw(bytes);
        return socket.write(bytes);
      },
      endLab: () => {
        if (!this.destroyed) this.push(null);
      },
      endBrowser: () => {
        this.wire.closed('server', 'fin', this.destroyed ? undefined : 'half');
        if (this.destroyed) socket.destroySoon();
        else socket.end();
      },
      cut: (how) => this.#cut(how),
      resumeBrowser: () => void socket.resume(),
      get crossed() {
        return crossed();
      },
    };
  }

  /** Both ends are told, after what has been let through. */
  #cut(how: Ending): void {
    const socket = this.#socket;
    this.wire.closed('server', how, how === 'fin' ? 'half' : undefined);
    if (how === 'fin') {
      socket.end();
      socket.resume();
      if (!this.destroyed) this.push(null);
      return;
    }
    this.#isReset = true;
    // A reset discards what Node has not given to the kernel yet, so that goes first.
    const reset = (): void => void (socket.destroyed || socket.resetAndDestroy());
    const late = setTimeout(reset, FLUSH_MS).unref();
    socket.write(EMPTY, () => {
      clearTimeout(late);
      reset();
    });
    this.destroy();
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
