// What is set in a namespace before anything is sent: nothing on the link but what the programs say, no
// memory of earlier runs, and the TCP that the scenario asks for. Everything is of the namespace alone.

import type { TcpParameters } from '../../src/sim/tcp/parameters.ts';

/** What the TUN device is called in its namespace. */
export const DEVICE = 'wl0';

/** The kernel's own defaults, set so that a machine's own tuning does not change a run. */
const DEFAULTS = {
  'ipv4/tcp_rmem': '4096 131072 33554432',
  'ipv4/tcp_wmem': '4096 16384 4194304',
  'ipv4/tcp_no_metrics_save': '1',
  'ipv4/tcp_ecn': '0',
  'ipv4/tcp_slow_start_after_idle': '1',
  'ipv6/conf/all/disable_ipv6': '1',
  'ipv6/conf/default/disable_ipv6': '1',
} as const;

/** For `sh -e` in the namespace. Values come from our own tables, never from a request. */
export function settingsFor({ sack, timestamps, dsack }: TcpParameters): string {
  const settings = {
    ...DEFAULTS,
    'ipv4/tcp_sack': Number(sack),
    'ipv4/tcp_dsack': Number(dsack),
    'ipv4/tcp_timestamps': Number(timestamps),
  };
  const lines = Object.entries(settings).map(([name, value]) => {
    const path = `/proc/sys/net/${name}`;
    return name.startsWith('ipv6')
      ? `if [ -e ${path} ]; then echo ${value} > ${path}; fi`
      : `echo ${value} > ${path}`;
  });
  return ['ip link set lo up', ...lines].join('\n');
}

/**
 * The congestion control goes by the route: the namespace's own setting takes only what the whole machine
 * allows to everybody.
 */
export function routeFor(address: string, { congestion }: TcpParameters): readonly string[] {
  const net = `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const way = ['proto', 'kernel', 'scope', 'link', 'src', address];
  return ['route', 'replace', net, 'dev', DEVICE, ...way, 'congctl', congestion];
}
