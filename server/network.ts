// Which addresses this machine can be reached at, and what to print about them.

import { networkInterfaces } from 'node:os';

/** IPv4 addresses of this machine that others on its network could type. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** True where only this machine can connect. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** True where every interface is listened on. */
export const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** An address at which this machine reaches itself where it listens on `host`. */
export const callable = (host: string): string =>
  isAnyAddress(host) ? (host === '::' ? '::1' : '127.0.0.1') : host;
