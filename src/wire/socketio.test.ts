import fc from 'fast-check';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../lib/utf8.ts';
import { fieldOf, type Layer } from './layer.ts';
import { buildSocketIo, dissectSocketIo, readSocketIo } from './socketio.ts';
import { SOCKETIO_TYPES } from './socketio-fields.ts';

const NEVER = (): boolean => false;
const dissect = (text: string, hasOffsets = NEVER) => {
  const bytes = encodeUtf8(text);
  return dissectSocketIo(bytes, [0, bytes.length], hasOffsets);
};

const values = fc.jsonValue();
const events = fc
  .tuple(
    fc.string().map((name) => `e${name}`),
    fc.array(values, { maxLength: 3 }),
  )
  .map(([name, rest]) => [name, ...rest]);
const namespaces = fc.constantFrom('/', '/room', '/a/b');
const ids = fc.option(fc.nat(), { nil: undefined });

const packets: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ type: fc.constant(PacketType.EVENT), nsp: namespaces, id: ids, data: events }),
  fc.record({
    type: fc.constant(PacketType.ACK),
    nsp: namespaces,
    id: fc.nat(),
    data: fc.array(values),
  }),
  fc.record({
    type: fc.constant(PacketType.CONNECT),
    nsp: namespaces,
    data: fc.constantFrom({}, { sid: 'a', pid: 'b' }),
  }),
  fc.record({
    type: fc.constant(PacketType.CONNECT_ERROR),
    nsp: namespaces,
    data: fc.constantFrom({ message: 'no' }),
  }),
  fc.record({ type: fc.constant(PacketType.DISCONNECT), nsp: namespaces }),
) as fc.Arbitrary<Packet>;

it('reads what socket.io-parser writes, and builds it again', () => {
  fc.assert(
    fc.property(packets, (packet) => {
      const [text = ''] = new Encoder().encode(packet) as string[];
      const ours = readSocketIo(encodeUtf8(text));
      expect(ours?.type).toBe(SOCKETIO_TYPES[packet.type]);
      expect(ours?.namespace).toBe(packet.nsp);
      expect(ours?.ackId).toBe(packet.id);
      expect(ours?.json).toBe(packet.data === undefined ? '' : JSON.stringify(packet.data));
      expect(ours && buildSocketIo(ours)).toEqual(encodeUtf8(text));
    }),
  );
});

it('covers every byte with fields, in order, whatever the text', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[0-6][0-9/,a{}[\]"-]*$/),
  );
  fc.assert(
    fc.property(noise, (text) => {
      const { fields } = dissect(text);
      let at = 0;
      for (const { range } of fields) {
        expect(range[0]).toBe(at);
        [, at] = range;
      }
      expect(at).toBe(encodeUtf8(text).length);
    }),
  );
});

it('accepts and refuses what socket.io-parser does', () => {
  const texts = fc
    .tuple(
      fc.constantFrom('0', '1', '2', '3', '4', '7', ''),
      fc.constantFrom('', '/room,', '/room'),
      fc.constantFrom('', '12'),
      fc.constantFrom(
        '',
        '["a"]',
        '[1,2]',
        '[]',
        '[null]',
        '{}',
        '{"a":1}',
        '"text"',
        'null',
        '[',
        '5',
      ),
    )
    .map((parts) => parts.join(''))
    // The parser lets nothing at all, and lists without any content, pass; nobody writes them.
    .filter((text) => text !== '' && !/^[23](\/room,|\/[^,]*)?\d*$/.test(text));
  fc.assert(
    fc.property(texts, (text) => {
      const accepted = (): boolean => {
        try {
          new Decoder().add(text);
          return true;
        } catch {
          return false;
        }
      };
      expect({ text, ok: readSocketIo(encodeUtf8(text)) !== undefined }).toEqual({
        text,
        ok: accepted(),
      });
    }),
    { numRuns: 500 },
  );
});

describe('an event', () => {
  const asLayer = ({ fields }: ReturnType<typeof dissect>) => ({ fields }) as unknown as Layer;

  it('shows its name and each argument', () => {
    const found = dissect('42["hello",{"a":[1]},"ü"]'.slice(1));
    const shown = found.fields.filter(({ spec }) => /event|argument/.test(spec.key));
    expect(shown.map(({ value, range }) => [value, ...range])).toEqual([
      ['hello', 2, 9],
      ['{"a":[1]}', 10, 19],
      ['ü', 20, 24],
    ]);
    expect(found.summary).toBe('event "hello"');
  });

  it('ends with an offset only where recovery was promised and no answer is asked for', () => {
    const offset = (text: string, promised: boolean): unknown =>
      fieldOf(asLayer(dissect(text, () => promised)), 'socketio.offset')?.value;
    expect(offset('2["plain",1,"Q85SeZ5"]', true)).toBe('Q85SeZ5');
    expect(offset('2["plain",1,"Q85SeZ5"]', false)).toBeUndefined();
    expect(offset('20["withack","text"]', true)).toBeUndefined();
    expect(offset('2["alone"]', true)).toBeUndefined();
  });

  it('counts its attachments', () => {
    const found = dissect('52-/room,7["photo",{"_placeholder":true,"num":0}]');
    expect(found).toMatchObject({
      type: 'binary_event',
      attachments: 2,
      namespace: '/room',
      ackId: 7,
    });
    expect(found.summary).toBe('event "photo" id 7 in /room');
  });
});

it('shows the first thousand arguments each, and the others as one', () => {
  const text = `2["many",${Array.from({ length: 100_000 }, (_, i) => i)}]`;
  const { fields, problems } = dissect(text);
  expect(problems).toEqual([]);
  expect(fields.length).toBeLessThan(2_100);
  expect(fields.at(-1)?.range[1]).toBe(text.length);
});
