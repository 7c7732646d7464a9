// The parts of Socket.IO that the programs of lessons use, under Socket.IO's own names, so that a
// program reads as anybody would write it. Knows no lab.

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire may be anything.
type Listener = (...args: any[]) => void;

interface Emits {
  emit(event: string, ...args: unknown[]): unknown;
}

/** With a function at the end, which the other side may call: the acknowledgement. */
interface AsksToo {
  emit(
    event: string,
    text: unknown,
    target: unknown,
    acknowledged: (answer: unknown) => void,
  ): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what the other side answers may be anything.
  emit(event: string, question: unknown, acknowledged: (answer: any) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
}

interface AsksInTime {
  emit(
    event: string,
    message: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: what the other side answers may be anything.
    answered: (late: Error | null, answer: any) => void,
  ): unknown;
}

export interface ServerSocket extends Emits {
  readonly broadcast: Emits;
  on(event: string, listener: Listener): unknown;
  join(room: string): unknown;
  /** The function at the end of `emit` is called with an error after that many milliseconds. */
  timeout(ms: number): AsksInTime;
}

export interface ServerIo extends Emits {
  on(event: 'connection', listener: (socket: ServerSocket) => void): unknown;
  to(room: string): Emits;
  of(namespace: string): Pick<ServerIo, 'on' | 'emit'>;
  readonly volatile: Emits;
}

export interface ClientSocket extends AsksToo {
  readonly volatile: AsksToo;
  on(event: string, listener: Listener): unknown;
}

/** A server's program; it is run as it stands, and shown as it stands. */
export const defineServer = <Rules = void>(run: (io: ServerIo, rules: Rules) => void) => run;

/** A client's program, with whatever its page gives it. */
export const defineClient =
  <Page>() =>
  (run: (page: Page & { readonly socket: ClientSocket }) => void) =>
    run;

/** What stands between the outer brackets of a program's file, without the indentation. */
export function listingOf(source: string): string {
  const lines = source.split('\n');
  const first = lines.findIndex((line) => /^export const /.test(line)) + 1;
  const last = lines.findLastIndex((line) => /^\}\);$/.test(line));
  return lines
    .slice(first, last)
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n');
}
