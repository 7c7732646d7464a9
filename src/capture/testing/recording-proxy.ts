// A TCP proxy on loopback that writes down what passes, as a tap does. For tests only.

import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { micros } from '../../lib/time.ts';
import type { Direction, TapRecord } from '../record.ts';

export interface RecordingProxy {
  readonly port: number;
  readonly records: TapRecord[];
  close(): Promise<void>;
}

type Unstamped<T = TapRecord> = T extends TapRecord ? Omit<T, 'seq' | 'at'> : never;

/** Listens on a free port and forwards every connection to `target`. */
export async function startRecordingProxy(target: number): Promise<RecordingProxy> {
  const records: TapRecord[] = [];
  const sockets = new Set<Socket>();
  const start = process.hrtime.bigint();
  const write = (record: Unstamped): void => {
    const at = micros(Number(process.hrtime.bigint() - start) / 1000);
    records.push({ ...record, seq: records.length + 1, at } as TapRecord);
  };
  const closings: Promise<void>[] = [];
  let opened = 0;
  const server: Server = createServer((client) => {
    const connection = ++opened;
    const upstream = connect(target, '127.0.0.1');
    const address = '127.0.0.1';
    const ends = {
      client: { address, port: client.remotePort ?? 0 },
      server: { address, port: target },
    };
    write({ kind: 'open', connection, lane: 'main', ...ends });
    const forward = (from: Socket, to: Socket, direction: Direction): void => {
      sockets.add(from);
      from.on('data', (bytes) => {
        write({ kind: 'chunk', connection, direction, bytes: Uint8Array.from(bytes) });
        to.write(bytes);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
    };
    forward(client, upstream, 'up');
    forward(upstream, client, 'down');
    const closing = new Promise<void>((resolve) => client.once('close', () => resolve()));
    closings.push(
      closing.then(() => {
        upstream.destroy();
        write({ kind: 'close', connection, by: 'client', how: 'fin' });
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    const isClosed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await isClosed;
    await Promise.all(closings);
  };
  return { port: (server.address() as AddressInfo).port, records, close };
}
