// A protocol's name on its hue. The word carries the meaning; the colour only repeats it.

import styles from './ProtocolChip.module.css';

const NAMES: Readonly<Record<string, string>> = {
  'linux-cooked': 'Linux',
  loopback: 'Loopback',
  ethernet: 'Ethernet',
  arp: 'ARP',
  icmp: 'ICMP',
  dns: 'DNS',
  data: 'Data',
  ip: 'IP',
  tcp: 'TCP',
  udp: 'UDP',
  http: 'HTTP',
  websocket: 'WebSocket',
  engineio: 'Engine.IO',
  socketio: 'Socket.IO',
};

export function ProtocolChip({ protocol }: { readonly protocol: string }) {
  return (
    <span className={styles.chip} data-protocol={protocol}>
      {NAMES[protocol] ?? protocol}
    </span>
  );
}
