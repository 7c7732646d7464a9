// `wirelight dissect FILE [--json]`: an export of Wirelight, frame by frame, as text or JSON lines.
// Owns the printing; reading and dissecting are the core's.
import { createAnalyzer } from '../../src/capture/analyzer.ts';
import { type Capture, type Frame, innermost } from '../../src/capture/capture.ts';
import { readPcapng } from '../../src/capture/pcapng.ts';
import type { Layer } from '../../src/wire/layer.ts';

export interface DissectIo {
  out(line: string): void;
  err(line: string): void;
  readFile(path: string): Promise<Uint8Array>;
}

const USAGE = 'Usage: wirelight dissect FILE [--json]';

/** 0: all was read; 1: the file could not be read, or not to its end; 2: wrong arguments. */
export async function dissect(args: readonly string[], io: DissectIo): Promise<0 | 1 | 2> {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--json');
  const [file, extra] = files;
  if (unknown !== undefined || file === undefined || extra !== undefined) {
    const extraWhy = extra === undefined ? 'No file is named.' : `One file at a time: ${extra}.`;
    io.err(unknown === undefined ? extraWhy : `There is no option ${unknown}.`);
    io.err(USAGE);
    return 2;
  }
  let bytes: Uint8Array;
  try {
    bytes = await io.readFile(file);
  } catch (error) {
    io.err(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const { records, problem } = readPcapng(bytes);
  const analyzer = createAnalyzer({ provenance: 'recorded' });
  for (const record of records) analyzer.push(record);
  const capture = analyzer.capture();
  const print = args.includes('--json') ? jsonOf : (frame: Frame) => lineOf(capture, frame);
  for (const frame of capture.frames) io.out(print(frame));
  if (!problem) return 0;
  io.err(`${file}: offset ${problem.range[0]}: ${problem.message} (${problem.code})`);
  return 1;
}

/** `12  0.004512  127.0.0.1:51034 > 127.0.0.1:3001  websocket  ping "probe"`, time in seconds. */
function lineOf(
  { connections }: Capture,
  { id, at, connection, direction, ...frame }: Frame,
): string {
  const ends = connections.find((one) => one.id === connection);
  const [client, server] = [ends?.client, ends?.server].map((end) =>
    !end
      ? '?'
      : end.address.includes(':')
        ? `[${end.address}]:${end.port}`
        : `${end.address}:${end.port}`,
  );
  const way = direction === 'up' ? `${client} > ${server}` : `${server} > ${client}`;
  const { protocol, summary } = innermost({ id, at, connection, direction, ...frame });
  return [id + 1, (at / 1_000_000).toFixed(6), way, protocol, printable(summary)].join('  ');
}

/** Bytes from the network must not reach the terminal as control characters. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd');

function jsonOf({ id, at, connection, direction, layers }: Frame): string {
  const n = id + 1;
  return JSON.stringify({ n, t: at, connection, direction, layers: layers.map(layerOf) });
}

/** A field that occurs several times has a list of its values. */
function layerOf({ protocol, range, summary, fields, problems }: Layer): object {
  const values = new Map<string, unknown[]>();
  for (const { spec, value } of fields) {
    const plain = typeof value === 'bigint' ? value.toString() : value;
    values.set(spec.key, [...(values.get(spec.key) ?? []), plain]);
  }
  const entries = [...values].map(([key, all]) => [key, all.length === 1 ? all[0] : all]);
  return { protocol, range, summary, fields: Object.fromEntries(entries), problems };
}
