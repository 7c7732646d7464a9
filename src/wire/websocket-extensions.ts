// The header Sec-WebSocket-Extensions (RFC 6455 §9.1) and what permessage-deflate says in it (RFC 7692
// §7.1): its fields, and what both ends agreed on. Inflates nothing.

import type { Field, FieldSpec } from './layer.ts';

/** What the server accepted: who begins each message with an empty window. */
export interface DeflateAgreement {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
}

const DEFLATE = 'permessage-deflate';

const field = (key: string, label: string, explain: string, spec: string): FieldSpec => ({
  key: `websocket.extension.${key}`,
  label,
  explain,
  spec,
});

const NAME = field(
  'name',
  'Extension',
  'An addition to WebSocket that the client offers or the server accepts; permessage-deflate compresses whole messages.',
  'RFC 6455 §9.1',
);
const PARAMETER = field(
  'parameter',
  'Parameter of an extension',
  'One setting of the extension before it: a name, or a name and a value.',
  'RFC 6455 §9.1',
);
const PARAMETERS: ReadonlyMap<string, FieldSpec> = new Map(
  (
    [
      [
        'server_no_context_takeover',
        'The server forgets everything after each message, so that each of its messages is compressed by itself.',
        '7.1.1.1',
      ],
      [
        'client_no_context_takeover',
        'The client forgets everything after each message, so that each of its messages is compressed by itself.',
        '7.1.1.2',
      ],
      [
        'server_max_window_bits',
        'How far back the server may point while it compresses: 2 to that power, in bytes. Less needs less memory.',
        '7.1.2.1',
      ],
      [
        'client_max_window_bits',
        'How far back the client may point while it compresses: 2 to that power, in bytes. Offered without a number, it lets the server choose.',
        '7.1.2.2',
      ],
    ] as const
  ).map(([name, explain, section]) => [name, field(name, name, explain, `RFC 7692 §${section}`)]),
);

export const EXTENSION_FIELDS: readonly FieldSpec[] = [NAME, PARAMETER, ...PARAMETERS.values()];

/** A piece of the value between `,` or `;`, without the blanks around it. */
interface Piece {
  readonly at: number;
  readonly text: string;
  /** It follows a comma, or nothing: the name of an extension. */
  readonly isName: boolean;
}

/** Commas and semicolons within quotation marks separate nothing. */
function piecesOf(value: string): readonly Piece[] {
  return [...value.matchAll(/(^|[,;])[ \t]*((?:"(?:[^"\\]|\\.)*"|[^,;"])*)/g)].flatMap((match) => {
    const text = (match[2] ?? '').trimEnd();
    if (text === '') return [];
    const at = match.index + match[0].length - (match[2] ?? '').length;
    return [{ at, text, isName: match[1] !== ';' }];
  });
}

function split(text: string): { readonly name: string; readonly value: string | undefined } {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: text.toLowerCase(), value: undefined };
  const value = text.slice(equals + 1).trim();
  return { name: text.slice(0, equals).trim().toLowerCase(), value: value.replace(/^"|"$/g, '') };
}

/** Each extension and each parameter as a field of its own, inside the field of the header's value. */
export function extensionFields({ range: [start], value }: Field): readonly Field[] {
  return piecesOf(String(value)).map(({ at, text, isName }) => {
    const range = [start + at, start + at + text.length] as const;
    if (isName) return { spec: NAME, range, value: text };
    const { name, value } = split(text);
    const spec = PARAMETERS.get(name);
    if (!spec) return { spec: PARAMETER, range, value: text };
    const bytes = value === undefined ? Number.NaN : 2 ** Number(value);
    const meaning = Number.isSafeInteger(bytes) ? { meaning: `${bytes} bytes back` } : {};
    return { spec, range, value: value ?? true, ...meaning };
  });
}

/** What the server's answer agrees to, or `undefined` where messages are not compressed. */
export function acceptedDeflate(value: string | undefined): DeflateAgreement | undefined {
  const pieces = piecesOf(value ?? '');
  const first = pieces.findIndex(({ isName, text }) => isName && text.toLowerCase() === DEFLATE);
  if (first < 0) return undefined;
  const rest = pieces.slice(first + 1);
  const next = rest.findIndex(({ isName }) => isName);
  const said = (next < 0 ? rest : rest.slice(0, next)).map(({ text }) => split(text).name);
  return {
    serverNoContextTakeover: said.includes('server_no_context_takeover'),
    clientNoContextTakeover: said.includes('client_no_context_takeover'),
  };
}
