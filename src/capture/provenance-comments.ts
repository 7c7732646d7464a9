// The comment on every packet of an export: which connection it belongs to, and what of it was
// observed, what was derived, and what was filled in. Written for people; its first line is also
// read back.

/** What a packet of an export stands for. */
export type PacketKind = 'open' | 'chunk' | 'ack' | 'close' | 'half-close';

export interface PacketNote {
  readonly connection: number;
  readonly lane: string;
  readonly kind: PacketKind;
}

const DERIVED = 'Derived: lengths, sequence and acknowledgement numbers, checksums.';
const FILLED_IN = 'Filled in: TTL or hop limit, window, the cut into segments.';
const UNSEEN =
  'The tap did not see this connection open: its addresses and ports are filled in too.';
const TEXTS: Readonly<Record<PacketKind, string>> = {
  open: `Observed: that the connection opened, when, its addresses and ports. Filled in: this packet of the handshake and its exact time. ${DERIVED}`,
  chunk: `Observed: the payload, when its chunk passed the tap, addresses and ports. ${DERIVED} ${FILLED_IN}`,
  ack: `Filled in: this whole packet. The tap sees no acknowledgements of TCP; a real one may have come later, or for several segments at once. ${DERIVED}`,
  'half-close': `Observed: that this side ended, and about when; the other side could still send. Filled in: this packet and its exact time. ${DERIVED}`,
  close: `Observed: that the connection ended, by whom, and about when. Filled in: this packet and its exact time. ${DERIVED}`,
};

/** The comment of the section: about the file as a whole. */
export const SECTION_COMMENT =
  'Made by Wirelight from what its tap saw between a socket and a program. The payloads are the bytes that crossed; the packets around them are made up to carry them. The comment on each packet says which is which.';

/** The comment of one packet. `isSeen` is false where the tap came after the connection opened. */
export function writeComment({ connection, lane, kind }: PacketNote, isSeen: boolean): string {
  const first = `wirelight connection=${connection} kind=${kind} lane=${JSON.stringify(lane)}`;
  return [first, TEXTS[kind], ...(isSeen ? [] : [UNSEEN])].join('\n');
}

/** The note in a comment; `undefined` for a comment that is not ours. */
export function readComment(comment: string): PacketNote | undefined {
  const first = comment.split('\n', 1)[0] ?? '';
  const match =
    /^wirelight connection=(\d{1,15}) kind=(open|chunk|ack|close|half-close) lane=(".*")$/.exec(
      first,
    );
  if (!match) return undefined;
  const lane = readString(match[3] ?? '');
  if (lane === undefined) return undefined;
  return { connection: Number(match[1]), kind: match[2] as PacketKind, lane };
}

function readString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
