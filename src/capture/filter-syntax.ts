// The display filter as text: Wireshark's syntax for the part supported here, to a tree and back. Knows
// no field and no packet.

/** `a == b` holds where any value of the field does; `!=` where none equals, as in Wireshark 4. */
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'contains';

export type Filter =
  | { readonly kind: 'or' | 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'has'; readonly name: string; readonly column: number }
  | {
      readonly kind: 'compare';
      readonly name: string;
      readonly column: number;
      readonly op: Comparison;
      readonly value: Literal;
    }
  | {
      readonly kind: 'in';
      readonly name: string;
      readonly column: number;
      /** Each a value, or all from the first to the second. */
      readonly set: readonly (readonly [Literal] | readonly [Literal, Literal])[];
    };

/** As it was written: `quoted` is a string whatever it looks like. */
export interface Literal {
  readonly text: string;
  readonly quoted: boolean;
}

/** `column` counts from 1. */
export interface FilterError {
  readonly kind: 'error';
  readonly column: number;
  readonly message: string;
}

interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly column: number;
}

const WORD = /^[\p{L}\p{N}_.:\-/*]+/u;
const SYMBOL = /^(==|!=|<=|>=|&&|\|\||[<>!(){},])/;
const OPERATORS: ReadonlyMap<string, Comparison> = new Map([
  ['==', '=='],
  ['eq', '=='],
  ['!=', '!='],
  ['ne', '!='],
  ['<', '<'],
  ['lt', '<'],
  ['<=', '<='],
  ['le', '<='],
  ['>', '>'],
  ['gt', '>'],
  ['>=', '>='],
  ['ge', '>='],
  ['contains', 'contains'],
]);
const NOT_HERE = new Set(['matches', '~', 'bitwise_and', '&', '[', '===', 'any', 'all', 'xor']);
const KEYWORDS = new Set(['and', 'or', 'not', 'in', ...OPERATORS.keys(), ...NOT_HERE]);
const MAX_LENGTH = 10_000;
/** Brackets and `not` inside each other. */
const MAX_DEPTH = 100;

class FilterProblem extends Error {
  readonly column: number;

  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

/** An empty text lets everything through: `undefined`. */
export function parseFilter(text: string): Filter | FilterError | undefined {
  try {
    if (text.length > MAX_LENGTH) throw new FilterProblem(MAX_LENGTH, 'This filter is too long.');
    const tokens = tokensOf(text);
    if (tokens[0]?.kind === 'end') return undefined;
    return new Parser(tokens).parse();
  } catch (error) {
    if (!(error instanceof FilterProblem)) throw error;
    return { kind: 'error', column: error.column, message: error.message };
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (space > 0) {
      at += space;
      continue;
    }
    const column = at + 1;
    if (rest.startsWith('"')) {
      const { value, length } = stringAt(rest, column);
      tokens.push({ kind: 'string', text: value, column });
      at += length;
      continue;
    }
    const symbol = SYMBOL.exec(rest)?.[0];
    const word = symbol ? undefined : WORD.exec(rest)?.[0];
    const found = symbol ?? word;
    if (found === undefined) {
      throw new FilterProblem(column, `“${rest[0]}” has no meaning in a filter here.`);
    }
    tokens.push({ kind: symbol ? 'symbol' : 'word', text: found, column });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' };

function stringAt(rest: string, column: number): { value: string; length: number } {
  let value = '';
  for (let i = 1; i < rest.length; i++) {
    const char = rest[i] as string;
    if (char === '"') return { value, length: i + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    const hex = /^x[0-9a-f]{2}/i.exec(rest.slice(i + 1))?.[0];
    const next = rest[i + 1] ?? '';
    value += hex ? String.fromCharCode(Number.parseInt(hex.slice(1), 16)) : (ESCAPES[next] ?? next);
    i += hex ? 3 : 1;
  }
  throw new FilterProblem(column, 'The string that begins here has no end.');
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter {
    const filter = this.#or();
    const { kind, text, column } = this.#peek();
    if (kind !== 'end') throw new FilterProblem(column, `“${text}” was not expected here.`);
    return filter;
  }

  #peek(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** Takes the next token if it is one of these, which are no strings. */
  #accept(...texts: readonly string[]): boolean {
    const { kind, text } = this.#peek();
    const isIt = kind !== 'string' && texts.includes(text);
    if (isIt) this.#next();
    return isIt;
  }

  #expect(symbol: string): void {
    const { column } = this.#peek();
    if (!this.#accept(symbol)) throw new FilterProblem(column, `Here should be “${symbol}”.`);
  }

  #or(): Filter {
    let left = this.#and();
    while (this.#accept('or', '||')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Filter {
    let left = this.#not();
    while (this.#accept('and', '&&')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Filter {
    const { column } = this.#peek();
    if (++this.#depth > MAX_DEPTH) throw new FilterProblem(column, 'This is nested too deeply.');
    const filter = this.#accept('not', '!')
      ? ({ kind: 'not', of: this.#not() } as const)
      : this.#primary();
    this.#depth--;
    return filter;
  }

  #primary(): Filter {
    if (this.#accept('(')) {
      const inside = this.#or();
      this.#expect(')');
      return inside;
    }
    const { kind, text, column } = this.#next();
    if (kind === 'end') throw new FilterProblem(column, 'A field or a protocol is missing here.');
    if (kind !== 'word' || KEYWORDS.has(text)) {
      throw new FilterProblem(column, `“${text}” is no field or protocol.`);
    }
    return this.#relation({ name: text, column });
  }

  #relation(field: { readonly name: string; readonly column: number }): Filter {
    const { kind, text, column } = this.#peek();
    if (kind !== 'string' && NOT_HERE.has(text)) {
      const instead = text === 'matches' ? ' Use “contains”.' : '';
      throw new FilterProblem(column, `“${text}” is not supported here.${instead}`);
    }
    if (this.#accept('in')) return { kind: 'in', ...field, set: this.#set() };
    const op = kind === 'string' ? undefined : OPERATORS.get(text);
    if (!op) return { kind: 'has', ...field };
    this.#next();
    return { kind: 'compare', ...field, op, value: this.#literal() };
  }

  #literal(): Literal {
    const { kind, text, column } = this.#next();
    if (kind === 'string') return { text, quoted: true };
    if (kind !== 'word' || KEYWORDS.has(text)) {
      throw new FilterProblem(column, 'A value is missing here.');
    }
    return { text, quoted: false };
  }

  #set(): (readonly [Literal] | readonly [Literal, Literal])[] {
    const set: (readonly [Literal] | readonly [Literal, Literal])[] = [];
    this.#expect('{');
    do {
      const value = this.#literal();
      const [from = '', to] = value.quoted ? [value.text] : value.text.split('..');
      const isRange = to !== undefined && from !== '' && to !== '';
      set.push(
        isRange
          ? [
              { text: from, quoted: false },
              { text: to, quoted: false },
            ]
          : [value],
      );
    } while (this.#accept(','));
    this.#expect('}');
    return set;
  }
}

/** The filter as text, with brackets where they are needed. `parseFilter` gives the same filter back. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return `${inBrackets(filter.left, [])} or ${inBrackets(filter.right, ['or'])}`;
    case 'and':
      return `${inBrackets(filter.left, ['or'])} and ${inBrackets(filter.right, ['or', 'and'])}`;
    case 'not':
      return `not ${inBrackets(filter.of, ['or', 'and'])}`;
    case 'has':
      return filter.name;
    case 'compare':
      return `${filter.name} ${filter.op} ${literalText(filter.value)}`;
    case 'in':
      return `${filter.name} in {${filter.set.map((each) => each.map(literalText).join('..')).join(', ')}}`;
  }
}

const inBrackets = (filter: Filter, kinds: readonly Filter['kind'][]): string =>
  kinds.includes(filter.kind) ? `(${printFilter(filter)})` : printFilter(filter);

const literalText = ({ text, quoted }: Literal): string =>
  quoted
    ? `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\0', '\\0')}"`
    : text;
