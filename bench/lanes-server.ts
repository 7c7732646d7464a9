// What serves the lanes of the bench, in a process of its own so that its processor time is its alone:
// the labs as `wirelight serve` has them, or the same lanes with nothing in front. Takes orders from its parent.

import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Server } from 'socket.io';
import { createFront } from '../server/front/front.ts';
import { EXERCISES } from '../server/lab/exercises/index.ts';
import { Labs } from '../server/lab/labs.ts';
import { Lane } from '../server/lab/lane.ts';
import { PacketWatch } from '../server/lab/packet-watch.ts';
import { Published } from '../server/lab/published.ts';
import { serveLabs } from '../server/lab/serve.ts';
import { TextClients } from '../server/lab/text-clients.ts';
import { LANE_NAMES, type LanesAnswer, type LanesOrder, laneRequest } from './lanes-order.ts';

const listen = async (server: ReturnType<typeof createServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
const now = (): number => Number(process.hrtime.bigint()) / 1_000;

const news = EXERCISES.find(({ name }) => name === 'news');
if (!news) throw new Error('no such exercise');

const labs = new Labs();
const front = createServer({ allowHalfOpen: true }, createFront(labs));
const labPort = await listen(front);
const app = createHttp();
const texts = new TextClients(() => ({ port: labPort, host: '127.0.0.1' }));
serveLabs(new Server(app), {
  labs,
  published: new Published('/nonexistent'),
  texts,
  packets: new PacketWatch(() => labPort),
  at: () => ({ port: labPort }),
  onBug(error) {
    throw error;
  },
});
const appPort = await listen(app);

interface Bare {
  readonly lanes: readonly Lane[];
  readonly ports: readonly number[];
  /** Item → when the source had it, µs. */
  readonly emitted: Map<string, number>;
}
const bare: Bare[] = [];

async function openBare(): Promise<readonly number[]> {
  const emitted = new Map<string, number>();
  const lanes: Lane[] = [];
  const ports: number[] = [];
  for (const name of LANE_NAMES) {
    const place = {
      path: `/lab/bare${bare.length}/${name}/`,
      note: (_: string, message: string) => void emitted.set(message, now()),
    };
    const lane = new Lane(place, news as NonNullable<typeof news>, laneRequest(name));
    lanes.push(lane);
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      lane.accept(socket);
    });
    ports.push(await listen(server));
  }
  bare.push({ lanes, ports, emitted });
  return ports;
}

async function answer(order: LanesOrder): Promise<Omit<LanesAnswer, 'n'>> {
  if (order.what === 'ports') return { ports: [appPort, labPort] };
  if (order.what === 'cpu') {
    const { user, system } = process.cpuUsage();
    return { micros: user + system };
  }
  if (order.what === 'clock') {
    const lab = labs.find(order.lab);
    return { micros: lab ? now() - lab.tap.clock() : 0 };
  }
  if (order.what === 'open-bare') return { ports: await openBare(), micros: bare.length - 1 };
  const one = bare[order.index];
  if (!one) throw new Error(`no bare lanes ${order.index}`);
  if (order.what === 'start-bare') one.lanes[0]?.order('start', order.plan);
  if (order.what === 'close-bare') for (const lane of one.lanes) lane.close();
  return { emitted: [...one.emitted] };
}

process.on('message', async (order: LanesOrder) => {
  process.send?.({ n: order.n, ...(await answer(order)) } satisfies LanesAnswer);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ n: 0 } satisfies LanesAnswer);
