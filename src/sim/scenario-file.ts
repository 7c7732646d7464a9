// A scenario as JSON, checked: what is left out has its default, what is unknown is refused, and the
// first thing wrong is named with its path.

import { type Micros, millis } from '../lib/time.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { parseAddress } from '../wire/ip-address.ts';
import { type JsonReader, type ReadResult, readJson } from './json-reader.ts';
import { type FaultChoice, faultProblem } from './link-faults.ts';
import type { Scenario, ScenarioHost, ScenarioLink, TcpFlow, UdpFlow } from './scenario.ts';
import type { StreamScript } from './stream-program.ts';
import {
  PARAMETERS,
  type ProfileName,
  parametersOf,
  type TcpParameters,
} from './tcp/parameters.ts';

const HOUR_MS = 3_600_000;
const MOST_BYTES = 2 ** 40;

/** Total: any value that JSON can hold. */
export function readScenario(value: unknown): ReadResult<Scenario> {
  return readJson(value, scenarioOf);
}

function scenarioOf(json: JsonReader): Scenario {
  const profile = json.choice('profile', ['linux', 'textbook'], 'linux');
  const common = tcpOf(json.object('tcp'));
  const link = json.object('link');
  const base = shapeOf(link, undefined);
  const faults = link.has('faults') ? faultsOf(link) : [];
  const side = (name: 'up' | 'down'): ScenarioLink => {
    const one = link.object(name);
    const made = { shape: shapeOf(one, base), faults: [...faults, ...faultsOf(one)] };
    one.end();
    return made;
  };
  const [up, down] = [side('up'), side('down')];
  const isEthernet = link.flag('ethernet');
  link.end();
  const host = (name: 'client' | 'server', address: string): ScenarioHost => {
    const one = json.object(name);
    const text = one.text('address', address);
    if (!parseAddress(text)) one.refuse('address', 'must be an IPv4 or IPv6 address');
    const parameters = parametersOf(profile as ProfileName, {
      ...common,
      ...tcpOf(one.object('tcp')),
    });
    one.end();
    return { address: text, parameters };
  };
  const ends = { client: host('client', '10.0.0.1'), server: host('server', '10.0.0.2') };
  if (ends.client.address.includes(':') !== ends.server.address.includes(':')) {
    json.refuse('server', 'must have an address of the same IP version as the client');
  }
  const flows = json.list('flows').map(flowOf);
  if (flows.length === 0) json.refuse('flows', 'must hold at least one flow');
  const seed = json.number('seed', 1, 0, 2 ** 32 - 1);
  const endAt = timeOf(json, 'endMs', 24 * HOUR_MS);
  const least = Math.max(up.shape.mtu, down.shape.mtu);
  const path = {
    hostMtu: json.number('hostMtu', least, 128, 65_535),
    forbidsCutting: !json.flag('routersMayCut'),
    isEthernet,
    router: ends.client.address.includes(':') ? '2001:db8::fe' : '10.0.0.254',
  };
  json.end();
  return { seed, ...path, ...ends, up, down, flows, endAt };
}

const timeOf = (json: JsonReader, key: string, otherwise: number): Micros =>
  millis(json.number(key, otherwise, 0, 1_000 * HOUR_MS));

function shapeOf(json: JsonReader, base: ScenarioLink['shape'] | undefined): ScenarioLink['shape'] {
  const rate = json.optionalNumber('rate', 1_000, 1e12) ?? base?.rate;
  const queuePackets = json.optionalNumber('queuePackets', 0, 1e9) ?? base?.queuePackets;
  const queueBytes = json.optionalNumber('queueBytes', 0, 1e12) ?? base?.queueBytes;
  return {
    delay: timeOf(json, 'delayMs', (base?.delay ?? 20_000) / 1_000),
    mtu: json.number('mtu', base?.mtu ?? 1500, 128, 65_535),
    ...(rate !== undefined && { rate }),
    ...(queuePackets !== undefined && { queuePackets }),
    ...(queueBytes !== undefined && { queueBytes }),
  };
}

function faultsOf(json: JsonReader): readonly FaultChoice[] {
  return json.list('faults').map((one) => {
    const name = one.text('name', '');
    const params = one.record('params');
    const problem = faultProblem({ name, params });
    if (problem !== undefined) one.refuse('', problem);
    one.end();
    return { name, params };
  });
}

/** Times in µs, as in the table of parameters. */
function tcpOf(json: JsonReader): Partial<TcpParameters> {
  const changes: Record<string, unknown> = {};
  for (const [key, { linux, textbook, label }] of Object.entries(PARAMETERS)) {
    if (!json.has(key)) continue;
    const value = json.scalar(key);
    const known = [linux.value, textbook.value].map((one) => typeof one);
    const isNumber = known.includes('number') || known.includes('undefined');
    if (typeof value === 'string' && !isKnownWord(key, value)) {
      json.refuse(key, `is no way of "${label}"`);
    }
    if (!known.includes(typeof value) && !(isNumber && typeof value === 'number')) {
      json.refuse(key, `must be a ${known[0]}, as "${label}" is`);
    }
    if (typeof value === 'number' && !(value >= 0)) json.refuse(key, 'must not be negative');
    changes[key] = value;
  }
  json.end();
  return changes as Partial<TcpParameters>;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  congestion: ['cubic', 'reno'],
  recovery: ['rack-tlp', 'newreno'],
  slowStartExit: ['hystart', 'hystart++'],
  growth: ['segments', 'acknowledgements'],
  estimator: ['linux', 'rfc6298'],
  ackPolicy: ['linux', 'every second'],
  nagle: ['minshall', 'nagle', 'off'],
  windowProbe: ['old byte', 'next byte'],
};

const isKnownWord = (key: string, value: string): boolean => WORDS[key]?.includes(value) ?? false;

function flowOf(json: JsonReader): TcpFlow | UdpFlow {
  if (json.choice('kind', ['tcp', 'udp'], 'tcp') === 'udp') {
    const datagrams = json.list('datagrams').map((one) => {
      const from = one.choice('from', ['client', 'server'], 'client') as 'client' | 'server';
      const made = { at: timeOf(one, 'atMs', 0), bytes: one.number('bytes', 100, 0, 65_507), from };
      one.end();
      return made;
    });
    const isRefused = json.flag('refused');
    json.end();
    return { kind: 'udp', datagrams, isRefused };
  }
  const flow: TcpFlow = {
    kind: 'tcp',
    at: timeOf(json, 'atMs', 0),
    client: streamOf(json.object('client'), 'done'),
    server: streamOf(json.object('server'), 'after peer'),
    isSimultaneous: json.flag('simultaneous'),
  };
  json.end();
  return flow;
}

function streamOf(json: JsonReader, closing: 'done' | 'after peer'): StreamScript {
  const writes = json.list('writes').map((one) => {
    const at = timeOf(one, 'atMs', 0);
    const text = one.text('text', '');
    const bytes = text === '' ? one.number('bytes', 0, 0, MOST_BYTES) : encodeUtf8(text);
    one.end();
    return { at, bytes };
  });
  const pauses = json.list('pauses').map((one) => {
    const pause = { from: timeOf(one, 'fromMs', 0), to: timeOf(one, 'toMs', 0) };
    one.end();
    return pause;
  });
  const closesAt = json.optionalNumber('closesAtMs', 0, 1_000 * HOUR_MS);
  const closes = json.choice('closes', ['done', 'after peer', 'never'], closing);
  const abortsAt = json.optionalNumber('abortsAtMs', 0, 1_000 * HOUR_MS);
  const readRate = json.optionalNumber('readRate', 1, 1e12);
  json.end();
  return {
    writes: writes.sort((a, b) => a.at - b.at),
    pauses,
    closes:
      closesAt === undefined
        ? (closes as 'done' | 'after peer' | 'never')
        : { at: millis(closesAt) },
    ...(abortsAt !== undefined && { abortsAt: millis(abortsAt) }),
    ...(readRate !== undefined && { readRate }),
  };
}
