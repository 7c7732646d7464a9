// Connections for packet scripts: without options and PSH that would fill the lines, unless asked for.

import { Connection } from '../tcp/connection.ts';
import { type ProfileName, parametersOf, type TcpParameters } from '../tcp/parameters.ts';
import { play } from './script.ts';

const PLAIN = { timestamps: false, windowScale: undefined, bursts: false } as const;

export function connectionOf(
  profile: ProfileName,
  changes: Partial<TcpParameters> = {},
  mss = 1000,
): Connection {
  const parameters = parametersOf(profile, { ...PLAIN, ...changes });
  // Our numbers wrap within the first thousand bytes too.
  return new Connection({ parameters, isn: 0xffff_fe00, mss });
}

/** After the handshake: the SYN left at 0, the answer came at 40 ms. */
export function establishedOf(
  profile: ProfileName,
  changes: Partial<TcpParameters> = {},
  window = 65_535,
): Connection {
  const connection = connectionOf(profile, changes);
  const sack = connection.parameters.sack ? 'sackok' : '';
  play(
    connection,
    `
     0 * open
     0 > S 0
    40 < S. 0 ack 1 mss 1000 win ${window} ${sack}
    40 > .  1 ack 1
  `,
  );
  return connection;
}
