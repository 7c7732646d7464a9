// Reads a JSON value key by key, with defaults and bounds, and names the first thing wrong by its
// path. Knows no scenario.

export type ReadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly path: string; readonly message: string };

class Refusal extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Total: whatever `read` refuses becomes the result. */
export function readJson<T>(value: unknown, read: (json: JsonReader) => T): ReadResult<T> {
  try {
    return { ok: true, value: read(new JsonReader(value, '')) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, path: error.path, message: error.message };
  }
}

export class JsonReader {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #path: string;
  readonly #seen = new Set<string>();

  /** `undefined` reads as an object without anything in it. */
  constructor(value: unknown, path: string) {
    this.#path = path;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (value !== undefined && !isObject) throw new Refusal(path || '(all)', 'must be an object');
    this.#values = new Map(Object.entries(value ?? {}));
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  refuse(key: string, message: string): never {
    throw new Refusal(this.#at(key) || '(all)', message);
  }

  /** To be called when everything known was read: refuses the rest. */
  end(): void {
    for (const key of this.#values.keys()) {
      if (!this.#seen.has(key)) this.refuse(key, 'is not known');
    }
  }

  object(key: string): JsonReader {
    return new JsonReader(this.#take(key), this.#at(key));
  }

  list(key: string): JsonReader[] {
    const value = this.#take(key) ?? [];
    if (!Array.isArray(value)) this.refuse(key, 'must be a list');
    return value.map((one: unknown, i) => new JsonReader(one ?? null, `${this.#at(key)}[${i}]`));
  }

  number(key: string, otherwise: number, min: number, max: number): number {
    return this.optionalNumber(key, min, max) ?? otherwise;
  }

  optionalNumber(key: string, min: number, max: number): number | undefined {
    const value = this.#take(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      this.refuse(key, `must be a number from ${min} to ${max}`);
    }
    return value;
  }

  text(key: string, otherwise: string): string {
    const value = this.#take(key) ?? otherwise;
    if (typeof value !== 'string') this.refuse(key, 'must be a text');
    return value;
  }

  flag(key: string): boolean {
    const value = this.#take(key) ?? false;
    if (typeof value !== 'boolean') this.refuse(key, 'must be true or false');
    return value;
  }

  choice(key: string, choices: readonly string[], otherwise: string): string {
    const value = this.text(key, otherwise);
    if (!choices.includes(value)) this.refuse(key, `must be one of: ${choices.join(', ')}`);
    return value;
  }

  scalar(key: string): string | number | boolean {
    const value = this.#take(key);
    const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
    if (!isScalar) this.refuse(key, 'must be a number, a text, true or false');
    return value as string | number | boolean;
  }

  /** An object of numbers, texts and lists of numbers, to be checked by somebody else. */
  record(key: string): Readonly<Record<string, number | string | readonly number[]>> {
    const value = this.#take(key) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) this.refuse(key, 'must be an object');
    return value as Readonly<Record<string, number | string | readonly number[]>>;
  }

  #take(key: string): unknown {
    this.#seen.add(key);
    return this.#values.get(key);
  }

  #at(key: string): string {
    return [this.#path, key].filter((part) => part !== '').join('.');
  }
}
