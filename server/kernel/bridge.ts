// One end of a kernel link: a TUN device in a namespace, bridged by socat to a Unix socket. Whole IP
// packets go in and out; what becomes of them is not decided here.

import { createServer, type Socket } from 'node:net';

export const MTU = 1500;

export interface Bridge {
  /** Settles when socat is there, and so its device. */
  readonly connected: Promise<void>;
  send(packet: Uint8Array): void;
  close(): void;
}

/** Listens at `path`; `onPacket` gets each whole packet that the namespace sends. */
export async function openBridge(
  path: string,
  onPacket: (packet: Uint8Array) => void,
): Promise<Bridge> {
  let socket: Socket | undefined;
  let settle = () => {};
  const connected = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const waiting: Buffer[] = [];
  let isWriting = false;
  const writeNext = (): void => {
    const frame = isWriting ? undefined : waiting.shift();
    if (!frame || !socket) return;
    isWriting = true;
    socket.write(frame, () => {
      isWriting = false;
      writeNext();
    });
  };
  const server = createServer((accepted) => {
    socket = accepted;
    const cut = packetCutter(onPacket);
    accepted.on('data', cut).on('error', () => accepted.destroy());
    server.close();
    settle();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  return {
    connected,
    send(packet) {
      // A stream has no boundaries and the device takes each write as one packet. So each is made as
      // long as socat's reads are, and written alone; IP ignores what is behind its own length.
      const frame = Buffer.alloc(MTU);
      frame.set(packet.subarray(0, MTU));
      waiting.push(frame);
      writeNext();
    },
    close() {
      server.close();
      socket?.destroy();
    },
  };
}

/** Cuts a stream of IP packets at the lengths that they give themselves. */
export function packetCutter(onPacket: (packet: Uint8Array) => void): (part: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    for (;;) {
      const length = lengthOf(rest);
      if (length === undefined || rest.length < length) return;
      onPacket(new Uint8Array(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
  };
}

/** Total Length of IPv4 (RFC 791 §3.1), or Payload Length of IPv6 and its header (RFC 8200 §3). */
function lengthOf(packet: Buffer): number | undefined {
  if (packet.length < 6) return undefined;
  const version = (packet[0] ?? 0) >> 4;
  if (version === 6) return 40 + packet.readUInt16BE(4);
  const length = packet.readUInt16BE(2);
  if (version !== 4 || length < 20) throw new Error('the TUN device gave no IP packet');
  return length;
}
