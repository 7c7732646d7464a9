// Whether this machine lets the server use the kernel's own TCP and UDP over our link, and where it does
// not, what is missing and how to give it. Sets nothing up that it does not take down again.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';

/** Bits of CapEff (capabilities(7)). */
const NEEDED = { NET_ADMIN: 12, SYS_ADMIN: 21 } as const;
const TUN = '/dev/net/tun';
const IN_A_CONTAINER =
  'In a container: docker run --cap-add NET_ADMIN --cap-add SYS_ADMIN --security-opt apparmor=unconfined --device /dev/net/tun.';

/** What is missing, in sentences for the person who runs the server; nothing where all is there. */
export function whyNoKernelLink(): string | undefined {
  if (process.platform !== 'linux') {
    return `Network namespaces are a part of Linux; this server runs on ${process.platform}.`;
  }
  const missing = missingCapabilities();
  if (missing.length > 0) {
    return `The server needs root's capabilities ${missing.join(' and ')}. ${IN_A_CONTAINER}`;
  }
  for (const program of ['ip', 'socat'] as const) {
    const advice = `apt-get install ${program === 'ip' ? 'iproute2' : program}`;
    if (spawnSync(program, ['-V']).error) {
      return `The program "${program}" is missing. On Debian: ${advice}.`;
    }
  }
  try {
    accessSync(TUN, constants.R_OK | constants.W_OK);
  } catch {
    return `The device ${TUN} cannot be opened. ${IN_A_CONTAINER}`;
  }
  return undefined;
}

function missingCapabilities(): readonly string[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return Object.entries(NEEDED).flatMap(([name, bit]) =>
    (held >> BigInt(bit)) & 1n ? [] : [name],
  );
}
