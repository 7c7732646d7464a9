// `wirelight simulate SCENARIO.json [--pcapng OUT] [--at client|server] [--json]`: runs a scenario and
// prints what happens as it happens. Owns the printing; the network is src/sim's.
import { LINK } from '../../src/capture/link-types.ts';
import { packetLayers } from '../../src/capture/packet-layers.ts';
import { type PacketRecord, writePacketFile } from '../../src/capture/packets.ts';
import { readScenario } from '../../src/sim/scenario-file.ts';
import { type Observer, simulate as run } from '../../src/sim/simulate.ts';

export interface SimulateIo {
  out(line: string): void;
  err(line: string): void;
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
}

const USAGE =
  'Usage: wirelight simulate SCENARIO.json [--pcapng OUT] [--at client|server] [--json]';
const COMMENT =
  "Made by Wirelight's simulator: nothing here was observed. The comment on each packet gives the sender's own reason for it.";
/** So many lines are printed together. */
const BATCH = 500;

interface Wishes {
  readonly file: string;
  readonly pcapng?: string;
  readonly at: 'client' | 'server';
  readonly isJson: boolean;
}

/** 0: it ran; 1: a file could not be read or written, or is no scenario; 2: wrong arguments. */
export async function simulate(args: readonly string[], io: SimulateIo): Promise<0 | 1 | 2> {
  const wishes = wishesOf(args);
  if (typeof wishes === 'string') {
    io.err(wishes);
    io.err(USAGE);
    return 2;
  }
  const { file, pcapng, at, isJson } = wishes;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await io.readFile(file)));
  } catch (error) {
    io.err(`${file}: cannot be read: ${messageOf(error)}`);
    return 1;
  }
  const scenario = readScenario(value);
  if (!scenario.ok) {
    io.err(`${file}: ${scenario.path} ${scenario.message}`);
    return 1;
  }
  const printer = new Printer(io);
  const records: PacketRecord[] | undefined = pcapng === undefined ? undefined : [];
  const outcome = run(scenario.value, observerOf(printer, isJson, records));
  if (isJson) printer.line(JSON.stringify({ kind: 'end', ...outcome }));
  printer.flush();
  if (pcapng === undefined || !records) return 0;
  try {
    await io.writeFile(pcapng, writePacketFile(records, at, COMMENT));
    return 0;
  } catch (error) {
    io.err(`${pcapng}: cannot be written: ${messageOf(error)}`);
    return 1;
  }
}

function wishesOf(args: readonly string[]): Wishes | string {
  const values = new Map<string, string>();
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--json') values.set(arg, '');
    else if (arg === '--pcapng' || arg === '--at') values.set(arg, args[++i] ?? '');
    else if (arg.startsWith('--')) return `There is no option ${arg}.`;
    else files.push(arg);
  }
  const [file, extra] = files;
  if (file === undefined) return 'No scenario is named.';
  if (extra !== undefined) return `One scenario at a time: ${extra}.`;
  const at = values.get('--at') ?? 'client';
  if (at !== 'client' && at !== 'server') return '--at must be client or server.';
  const pcapng = values.get('--pcapng');
  if (pcapng === '') return '--pcapng needs a file.';
  return { file, at, isJson: values.has('--json'), ...(pcapng !== undefined && { pcapng }) };
}

function observerOf(printer: Printer, isJson: boolean, records?: PacketRecord[]): Observer {
  let n = 0;
  return {
    onPacket({ packet, ...transit }, arrivedBytes) {
      n++;
      const record = { ...transit, bytes: packet.bytes, ...(arrivedBytes && { arrivedBytes }) };
      records?.push(record);
      printer.line(isJson ? jsonOf(n, record) : lineOf(n, record));
    },
    ...(isJson && {
      onConnection(account) {
        // A threshold that is not set has no number: JSON has no infinity.
        const ssthresh = Number.isFinite(account.ssthresh) ? account.ssthresh : null;
        printer.line(JSON.stringify({ kind: 'connection', ...account, ssthresh }));
      },
    }),
  };
}

/** `12  0.004512  0.024560  client > server  tcp  ACK 50000 to 80  1500 bytes  data`, in seconds. */
function lineOf(
  n: number,
  { leftAt, arrivedAt, lostTo, from, to, bytes, why, linkType = LINK.raw }: PacketRecord,
): string {
  const { protocol, summary } = packetLayers(linkType, bytes).at(-1) ?? {
    protocol: 'ip',
    summary: '',
  };
  const arrival = arrivedAt === undefined ? `lost: ${lostTo}` : (arrivedAt / 1_000_000).toFixed(6);
  const way = `${from} > ${to}`;
  const size = `${bytes.length} bytes`;
  return [n, (leftAt / 1_000_000).toFixed(6), arrival, way, protocol, summary, size, why].join(
    '  ',
  );
}

function jsonOf(
  n: number,
  { bytes, arrivedBytes, linkType = LINK.raw, ...transit }: PacketRecord,
): string {
  const layers = packetLayers(linkType, bytes).map(({ protocol, summary }) => ({
    protocol,
    summary,
  }));
  const isDamaged = arrivedBytes !== undefined;
  return JSON.stringify({ kind: 'packet', n, ...transit, length: bytes.length, isDamaged, layers });
}

/** Prints lines in batches: one write a line would take longer than the simulation. */
class Printer {
  readonly #io: SimulateIo;
  #lines: string[] = [];

  constructor(io: SimulateIo) {
    this.#io = io;
  }

  line(text: string): void {
    this.#lines.push(text);
    if (this.#lines.length >= BATCH) this.flush();
  }

  flush(): void {
    if (this.#lines.length > 0) this.#io.out(this.#lines.join('\n'));
    this.#lines = [];
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
