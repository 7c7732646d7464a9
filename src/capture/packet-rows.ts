// The rows of all packets of a file, without more dissection than they need: each connection is skimmed,
// and only those that cannot be skimmed with certainty are read in full. The rows are those of `packetRow`.

import type { Bytes } from '../lib/bytes.ts';
import type { Protocol } from '../wire/layer.ts';
import { SOCKETIO } from '../wire/socketio-fields.ts';
import { joinedWords } from './message-words.ts';
import { analyzePackets, type PacketAnalysis } from './packet-analysis.ts';
import type { PacketConnection } from './packet-connection.ts';
import type { FilePacket, PacketFile } from './packet-file.ts';
import { type PacketRow, packetRow, rowOf, type Told } from './packet-row.ts';
import { PacketStreams } from './packet-streams.ts';
import type { Closed, Direction } from './record.ts';
import type { Said } from './skimmed-content.ts';
import { SkimmedConversation } from './skimmed-conversation.ts';

export interface PacketRows {
  rowOf(packet: number): PacketRow;
  /** Connections with messages that were skimmed, and those that had to be read in full. */
  readonly skimmed: number;
  readonly readInFull: number;
}

export function readPacketRows(file: PacketFile): PacketRows {
  const skim = new Skim(file);
  for (let i = 0; i < file.packets.length; i++) skim.take(i, file.packets[i] as FilePacket);
  skim.finish();
  const { streams, unsure, conversations } = skim;
  const rows = {
    skimmed: conversations.size - unsure.size,
    readInFull: unsure.size,
    rowOf: (packet: number) => rowOf(streams, packet, skim.toldBy(packet)),
  };
  if (unsure.size === 0) return rows;
  const analysis = analyzed(file, (connection) => unsure.has(connection));
  // A session may have several connections, and what binary data is depends on all of them.
  if (hasAttachments(analysis)) {
    const whole = unsure.size === conversations.size ? analysis : analyzed(file, () => true);
    const row = (packet: number) => packetRow(whole, packet);
    return { rowOf: row, skimmed: 0, readInFull: conversations.size };
  }
  const row = (packet: number): PacketRow => {
    const place = streams.placeOf(packet);
    const isUnsure = place !== undefined && unsure.has(place.connection.id);
    return isUnsure ? packetRow(analysis, packet) : rows.rowOf(packet);
  };
  return { ...rows, rowOf: row };
}

function analyzed(file: PacketFile, isRead: (connection: number) => boolean): PacketAnalysis {
  const work = analyzePackets(file, isRead);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const hasAttachments = ({ messages }: PacketAnalysis): boolean =>
  messages.frames.some(({ layers }) =>
    layers.some(
      ({ protocol, fields }) =>
        protocol === 'socketio' && fields.some(({ spec }) => spec === SOCKETIO.attachments),
    ),
  );

class Skim {
  readonly streams: PacketStreams;
  /** Connections that have to be read in full. */
  readonly unsure = new Set<number>();
  readonly conversations = new Map<number, SkimmedConversation>();
  /** For each packet the words of its messages; of several messages a list. */
  readonly #words: (string | string[] | undefined)[];
  readonly #protocols: Protocol[];
  #last: { readonly id: number; readonly conversation: SkimmedConversation } | undefined;
  #packet = 0;
  #isOver = false;

  constructor(file: PacketFile) {
    this.#words = new Array(file.packets.length);
    this.#protocols = new Array(file.packets.length);
    this.streams = new PacketStreams(file, this.#sink);
  }

  take(i: number, packet: FilePacket): void {
    this.#packet = i;
    this.streams.take(i, packet);
  }

  finish(): void {
    this.#isOver = true;
    this.streams.finish();
  }

  toldBy(packet: number): Told | undefined {
    const words = this.#words[packet];
    if (words === undefined) return undefined;
    const summary = typeof words === 'string' ? words : joinedWords(words);
    return { protocol: this.#protocols[packet] ?? 'tcp', summary };
  }

  readonly #say = ({ protocol, words }: Said): void => {
    const before = this.#words[this.#packet];
    this.#protocols[this.#packet] = protocol;
    if (before === undefined) this.#words[this.#packet] = words;
    else if (typeof before === 'string') this.#words[this.#packet] = [before, words];
    else before.push(words);
  };

  readonly #sink = {
    chunk: (connection: PacketConnection, direction: Direction, bytes: Bytes, packet: number) => {
      if (this.#isOver) this.#packet = packet;
      const conversation = this.#conversationOf(connection);
      if (this.unsure.size > 0 && this.unsure.has(connection.id)) return;
      if (!conversation.take(direction, bytes)) this.unsure.add(connection.id);
    },
    gap: ({ id }: PacketConnection): void => {
      if (this.conversations.has(id)) this.unsure.add(id);
    },
    close: ({ id }: PacketConnection, { by, half }: Pick<Closed, 'by' | 'half'>): void => {
      const conversation = this.conversations.get(id);
      if (!conversation) return;
      const isUpEnded = half && by === 'server' ? true : conversation.end('up');
      const isDownEnded = half && by === 'client' ? true : conversation.end('down');
      if (!isUpEnded || !isDownEnded) this.unsure.add(id);
    },
  };

  /** One whose beginning was not seen has to be guessed at, which is not for us. */
  #conversationOf({ id, isWhole }: PacketConnection): SkimmedConversation {
    if (this.#last?.id === id) return this.#last.conversation;
    const conversation = this.conversations.get(id) ?? new SkimmedConversation(this.#say);
    this.conversations.set(id, conversation);
    this.#last = { id, conversation };
    if (!isWhole) this.unsure.add(id);
    return conversation;
  }
}
