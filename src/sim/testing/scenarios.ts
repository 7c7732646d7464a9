// Scenarios for tests: a link of 10 Mbit/s and 20 ms each way, and what is different in each test.

import { millis, seconds } from '../../lib/time.ts';
import type { FaultChoice } from '../link-faults.ts';
import type { Scenario, ScenarioLink } from '../scenario.ts';
import type { StreamScript } from '../stream-program.ts';
import { type ProfileName, parametersOf, type TcpParameters } from '../tcp/parameters.ts';

export const quiet: StreamScript = { writes: [], closes: 'after peer', pauses: [] };

export const sends = (bytes: number, more: Partial<StreamScript> = {}): StreamScript => ({
  ...quiet,
  writes: [{ at: millis(0), bytes }],
  closes: 'done',
  ...more,
});

export const linkOf = (
  faults: readonly FaultChoice[] = [],
  shape: Partial<ScenarioLink['shape']> = {},
): ScenarioLink => ({
  shape: { rate: 10_000_000, delay: millis(20), mtu: 1500, ...shape },
  faults,
});

interface Options {
  readonly seed?: number;
  readonly profile?: ProfileName;
  readonly tcp?: Partial<TcpParameters>;
  readonly client?: StreamScript;
  readonly server?: StreamScript;
  readonly up?: ScenarioLink;
  readonly down?: ScenarioLink;
  readonly flows?: Scenario['flows'];
  readonly hostMtu?: number;
  readonly forbidsCutting?: boolean;
  readonly isEthernet?: boolean;
  readonly addresses?: readonly [string, string];
}

export function scenarioOf(options: Options = {}): Scenario {
  const { seed = 1, profile = 'linux', tcp = {}, client = sends(1_000), server = quiet } = options;
  const [mine, theirs] = options.addresses ?? ['10.0.0.1', '10.0.0.2'];
  const parameters = parametersOf(profile, tcp);
  return {
    seed,
    hostMtu: options.hostMtu ?? 1500,
    forbidsCutting: options.forbidsCutting ?? true,
    isEthernet: options.isEthernet ?? false,
    router: mine.includes(':') ? '2001:db8::fe' : '10.0.0.254',
    client: { address: mine, parameters },
    server: { address: theirs, parameters },
    up: options.up ?? linkOf(),
    down: options.down ?? linkOf(),
    flows: options.flows ?? [{ kind: 'tcp', at: millis(0), client, server }],
    endAt: seconds(10_000),
  };
}
