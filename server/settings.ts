// What `wirelight serve` can be told. Reads arguments only; knows neither sockets nor files.

import { parseArgs } from 'node:util';

export interface Settings {
  readonly port: number;
  /** `same` shares the app's port, where only one port can be had. */
  readonly labPort: number | 'same';
  /** The labs' public address behind a reverse proxy, without a trailing slash. */
  readonly labUrl: string | undefined;
  readonly host: string;
  readonly data: string;
}

export type Parsed =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly message: string };

const OPTIONS = {
  port: { type: 'string', default: '3000' },
  'lab-port': { type: 'string' },
  'lab-url': { type: 'string' },
  host: { type: 'string', default: '0.0.0.0' },
  data: { type: 'string', default: 'data' },
} as const;

/** Reads the options of `serve`. An error names the option and what it takes. */
export function parseServe(args: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false });
    const port = portOf('--port', values.port);
    const asked = values['lab-port'];
    const labPort =
      asked === 'same' ? 'same' : asked ? portOf('--lab-port', asked) : nextPort(port);
    if (labPort === port && port !== 0) {
      return wrong(`--lab-port ${port} is the app's own port; say --lab-port same to share it`);
    }
    const labUrl = values['lab-url'] === undefined ? undefined : originOf(values['lab-url']);
    return { ok: true, settings: { port, labPort, labUrl, host: values.host, data: values.data } };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (message: string): Parsed => ({ ok: false, message });

/** Port 0 lets the system choose, for both. */
const nextPort = (port: number): number => (port === 0 ? 0 : port + 1);

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`${option} takes a port from 0 to 65535, not "${text}"`);
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw new Error(`--lab-url takes an address such as https://labs.example.org, not "${text}"`);
}
