// What is to be simulated: two hosts, the link between them, and who sends what to whom when.

import type { Micros } from '../lib/time.ts';
import type { LinkShape } from './link.ts';
import type { FaultChoice } from './link-faults.ts';
import type { StreamScript } from './stream-program.ts';
import type { TcpParameters } from './tcp/parameters.ts';

/** `up` is from the client to the server. */
export interface ScenarioLink {
  readonly shape: LinkShape;
  readonly faults: readonly FaultChoice[];
}

export interface TcpFlow {
  readonly kind: 'tcp';
  readonly at: Micros;
  readonly client: StreamScript;
  readonly server: StreamScript;
  /** No program listens at the server's port. */
  readonly isRefused?: boolean;
  /** Both sides open at once (RFC 9293 §3.5, Figure 8). */
  readonly isSimultaneous?: boolean;
}

export interface UdpFlow {
  readonly kind: 'udp';
  /** No program listens at the server's port. */
  readonly isRefused?: boolean;
  readonly datagrams: readonly {
    readonly at: Micros;
    readonly bytes: number;
    readonly from: 'client' | 'server';
  }[];
}

export interface ScenarioHost {
  readonly address: string;
  readonly parameters: TcpParameters;
}

export interface Scenario {
  readonly seed: number;
  /** The largest packet that the hosts' own links take; the link between may take less. */
  readonly hostMtu: number;
  /** Whether hosts forbid routers to cut their IPv4 packets (DF), as Linux does. */
  readonly forbidsCutting: boolean;
  /** The link is an Ethernet: packets travel in frames, and ARP finds the other host. */
  readonly isEthernet?: boolean;
  /** Who speaks where a packet is too long for the link between. */
  readonly router: string;
  readonly client: ScenarioHost;
  readonly server: ScenarioHost;
  readonly up: ScenarioLink;
  readonly down: ScenarioLink;
  readonly flows: readonly (TcpFlow | UdpFlow)[];
  /** The simulation ends here, or before when nothing is left to happen. */
  readonly endAt: Micros;
}
