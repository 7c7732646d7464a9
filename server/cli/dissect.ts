// `wirelight dissect FILE [--json] [--filter EXPR]`: a capture of anybody, packet by packet, as text or
// JSON lines. Owns the printing; reading and dissecting are the core's.
import type { Frame } from '../../src/capture/capture.ts';
import { compileFilter, type PacketFilter } from '../../src/capture/filter.ts';
import { readPacketFile } from '../../src/capture/foreign-file.ts';
import { analyzePackets, type PacketAnalysis } from '../../src/capture/packet-analysis.ts';
import type { PacketFile } from '../../src/capture/packet-file.ts';
import { packetFrame } from '../../src/capture/packet-frame.ts';
import type { PacketRow } from '../../src/capture/packet-row.ts';
import { packetRow } from '../../src/capture/packet-row.ts';
import { readPacketRows } from '../../src/capture/packet-rows.ts';
import type { Layer, Source } from '../../src/wire/layer.ts';

export interface DissectIo {
  /** One or more lines, without the last line's end. */
  out(lines: string): void;
  err(line: string): void;
  readFile(path: string): Promise<Uint8Array>;
}

const USAGE = 'Usage: wirelight dissect FILE [--json] [--filter EXPRESSION]';

interface Order {
  readonly file: string;
  readonly isJson: boolean;
  readonly filter: PacketFilter | undefined;
}

/** 0: all was read; 1: the file could not be read, or not to its end; 2: wrong arguments. */
export async function dissect(args: readonly string[], io: DissectIo): Promise<0 | 1 | 2> {
  const order = orderOf(args);
  if (Array.isArray(order)) {
    for (const line of [...order, USAGE]) io.err(line);
    return 2;
  }
  const { file } = order;
  let bytes: Uint8Array;
  try {
    bytes = await io.readFile(file);
  } catch (error) {
    io.err(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const packets = readPacketFile(bytes);
  print(linesOf(packets, order), io);
  const { problem } = packets;
  if (!problem) return 0;
  io.err(`${file}: offset ${problem.range[0]}: ${problem.message} (${problem.code})`);
  return 1;
}

function analyzed(file: PacketFile): PacketAnalysis {
  const work = analyzePackets(file);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The order, or why there is none. */
function orderOf(args: readonly string[]): Order | string[] {
  const files: string[] = [];
  let isJson = false;
  let expression: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--json') isJson = true;
    else if (arg.startsWith('--filter=')) expression = arg.slice('--filter='.length);
    else if (arg === '--filter') {
      expression = args[++i];
      if (expression === undefined) return ['--filter needs an expression.'];
    } else if (arg.startsWith('--')) return [`There is no option ${arg}.`];
    else files.push(arg);
  }
  const [file, extra] = files;
  if (file === undefined) return ['No file is named.'];
  if (extra !== undefined) return [`One file at a time: ${extra}.`];
  const filter = expression === undefined ? undefined : compileFilter(expression);
  if (!filter || filter.kind === 'filter') return { file, isJson, filter };
  const { column, message } = filter;
  return [
    `--filter: column ${column}: ${message}`,
    `  ${expression}`,
    `  ${' '.repeat(column - 1)}^`,
  ];
}

/** Written in large pieces: a call for each line would take longer than the dissection. */
const LINES_AT_ONCE = 500;

function print(lines: Iterable<string>, io: DissectIo): void {
  let some: string[] = [];
  for (const line of lines) {
    some.push(line);
    if (some.length < LINES_AT_ONCE) continue;
    io.out(some.join('\n'));
    some = [];
  }
  if (some.length > 0) io.out(some.join('\n'));
}

/** Without fields and a filter nothing more is read of the packets than their lines need. */
function* linesOf(file: PacketFile, { isJson, filter }: Order): Generator<string> {
  const count = file.packets.length;
  if (!isJson && !filter) {
    const rows = readPacketRows(file);
    for (let i = 0; i < count; i++) yield lineOf(rows.rowOf(i));
    return;
  }
  const analysis = analyzed(file);
  for (let i = 0; i < count; i++) {
    if (filter && !filter.matches(analysis, i)) continue;
    yield isJson ? jsonOf(packetFrame(analysis, i)) : lineOf(packetRow(analysis, i));
  }
}

/** `12  0.004512  127.0.0.1:51034 > 127.0.0.1:3001  websocket  ping "probe"`, time in seconds. */
function lineOf({ index, at, source, destination, protocol, summary }: PacketRow): string {
  const way = wayText(source, destination);
  return `${index + 1}  ${secondsText(at)}${way}${protocol}  ${printable(summary)}`;
}

interface Way {
  readonly source: string;
  readonly destination: string;
  readonly text: string;
}

const NO_WAY: Way = { source: '', destination: '', text: '   >   ' };

/** The last two: packets mostly go to and fro. */
let ways: readonly [Way, Way] = [NO_WAY, NO_WAY];

function wayText(source: string, destination: string): string {
  for (const way of ways) {
    if (way.source === source && way.destination === destination) return way.text;
  }
  const text = `  ${source} > ${destination}  `;
  ways = [{ source, destination, text }, ways[0]];
  return text;
}

/** Whole µs below this are told apart by six decimals without arithmetic on fractions. */
const MAX_WHOLE = 2 ** 31 * 1e6;

/** µs as seconds with six decimals. */
function secondsText(at: number): string {
  if (!Number.isInteger(at) || at < 0 || at > MAX_WHOLE) return (at / 1e6).toFixed(6);
  const seconds = Math.floor(at / 1e6);
  return `${seconds}.${String(1e6 + (at - seconds * 1e6)).slice(1)}`;
}

const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}/gu;

/** Bytes from the network must not reach the terminal as control characters. */
const printable = (text: string): string =>
  CONTROL.test(text) ? text.replace(CONTROLS, '\ufffd') : text;

function jsonOf({ id, at, connection, direction, layers, sources }: Frame): string {
  const where = connection === 0 ? {} : { connection, direction };
  const shown = layers.map((layer) => layerOf(layer, sources));
  return JSON.stringify({ n: id + 1, t: at, ...where, layers: shown });
}

/** A field that occurs several times has a list of its values. `of` says which bytes a range is in. */
function layerOf(
  { protocol, source, range, summary, fields, problems }: Layer,
  all: readonly Source[],
): object {
  const values = new Map<string, unknown[]>();
  for (const { spec, value } of fields) {
    const plain = typeof value === 'bigint' ? value.toString() : value;
    values.set(spec.key, [...(values.get(spec.key) ?? []), plain]);
  }
  const entries = [...values].map(([key, each]) => [key, each.length === 1 ? each[0] : each]);
  const of = source === 0 ? {} : { of: all[source]?.origin };
  return { protocol, range, ...of, summary, fields: Object.fromEntries(entries), problems };
}
