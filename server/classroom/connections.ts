// Which connections a class has now, as the server sees them, and what each reader is told of them.

import type { Socket } from 'socket.io';
import type { Endpoint } from '../../src/capture/record.ts';
import type { ClassTuple } from '../../src/contract/class.ts';
import type { Reader } from './classroom.ts';

/** One page of the class. */
export interface Connected {
  readonly socket: string;
  /** Absent for the instructor. */
  readonly learner: string | undefined;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** More would fill a page and say nothing new. */
const MOST = 200;

/** Both ends of the TCP connection under the socket; nothing where it has gone. */
export function endsOf({ request }: Socket): Pick<Connected, 'client' | 'server'> | undefined {
  const { remoteAddress, remotePort, localAddress, localPort } = request.socket;
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  if (localAddress === undefined || localPort === undefined) return undefined;
  return {
    client: { address: plain(remoteAddress), port: remotePort },
    server: { address: plain(localAddress), port: localPort },
  };
}

/** As that reader, who asks over `socket`, may see them; hers first. */
export function toldTo(
  { isInstructor, learner }: Reader,
  socket: string,
  all: readonly Connected[],
): { tuples: readonly ClassTuple[]; more: number } {
  const isOwn = (one: Connected): boolean =>
    one.socket === socket || (learner !== undefined && one.learner === learner);
  const known = new Set(all.filter(isOwn).map(({ client }) => client.address));
  const letters = new Map<string, string>();
  const tell = (address: string): string => {
    if (isInstructor || known.has(address) || isLocal(address)) return address;
    const letter = letters.get(address) ?? letterOf(letters.size);
    letters.set(address, letter);
    return letter;
  };
  const ordered = [...all.filter(isOwn), ...all.filter((one) => !isOwn(one))];
  const tuples = ordered.slice(0, MOST).map((one): ClassTuple => {
    const who = isOwn(one) ? 'you' : one.learner === undefined ? 'instructor' : 'learner';
    const client = { address: tell(one.client.address), port: one.client.port };
    const named = isInstructor && one.learner !== undefined ? { learner: one.learner } : {};
    return { who, ...named, client, server: one.server };
  });
  return { tuples, more: ordered.length - tuples.length };
}

/** An IPv4 address as such, also where the socket is one of IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/** Says nothing about where somebody is: this computer, or a network of one's own. */
const isLocal = (address: string): boolean =>
  /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|::1$|fe[89ab]|f[cd])/i.test(
    address,
  );

const A = 65;
const letterOf = (n: number): string =>
  `address ${String.fromCharCode(A + (n % 26))}${n < 26 ? '' : Math.floor(n / 26)}`;
