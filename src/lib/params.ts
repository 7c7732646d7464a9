// Knobs as data: one description is the check of a value, its default, and the control on the screen.
// Draws nothing.

export interface NumberParam {
  readonly kind: 'number';
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** For the control; a value between two steps is allowed. */
  readonly step: number;
  readonly initial: number;
}

export interface ChoiceParam<T extends string = string> {
  readonly kind: 'choice';
  readonly label: string;
  readonly choices: readonly T[];
  readonly initial: T;
}

/** Which of many things, counted from 1: the 3rd and the 7th packet. In rising order. */
export interface OrdinalsParam {
  readonly kind: 'ordinals';
  readonly label: string;
  readonly max: number;
  /** How many may be named. */
  readonly most: number;
  readonly initial: readonly number[];
}

export type Param = NumberParam | ChoiceParam | OrdinalsParam;
export type ParamSpec = Readonly<Record<string, Param>>;
export type ParamValue = number | string | readonly number[];
export type ParamValues = Readonly<Record<string, ParamValue>>;

type ValueOf<P> = P extends NumberParam
  ? number
  : P extends ChoiceParam<infer T>
    ? T
    : P extends OrdinalsParam
      ? readonly number[]
      : never;
export type ParamsOf<S extends ParamSpec> = { readonly [K in keyof S]: ValueOf<S[K]> };

export const number = (knob: Omit<NumberParam, 'kind'>): NumberParam => ({
  kind: 'number',
  ...knob,
});

export const choice = <const T extends string>(
  knob: Omit<ChoiceParam<T>, 'kind'>,
): ChoiceParam<T> => ({ kind: 'choice', ...knob });

export const ordinals = (knob: Omit<OrdinalsParam, 'kind' | 'initial'>): OrdinalsParam => ({
  kind: 'ordinals',
  initial: [],
  ...knob,
});

export const defaults = <S extends ParamSpec>(spec: S): ParamsOf<S> =>
  Object.fromEntries(
    Object.entries(spec).map(([key, param]) => [key, param.initial]),
  ) as ParamsOf<S>;

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly key: string; readonly message: string };

/** Total: any value. What is left out has its default; what the spec does not know is refused. */
export function checkParams<S extends ParamSpec>(spec: S, value: unknown): Checked<ParamsOf<S>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, key: '', message: 'The settings must be an object.' };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  for (const key of given.keys()) {
    if (!Object.hasOwn(spec, key)) return { ok: false, key, message: 'There is no such setting.' };
  }
  const values: Record<string, ParamValue> = {};
  for (const [key, param] of Object.entries(spec)) {
    const one = given.has(key) ? given.get(key) : param.initial;
    const wrong = wrongOf(param, one);
    if (wrong) return { ok: false, key, message: wrong };
    values[key] = one as ParamValue;
  }
  return { ok: true, value: values as ParamsOf<S> };
}

const between = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && value >= min && value <= max;

/** What is wrong with a value, as a sentence. */
function wrongOf(param: Param, value: unknown): string | undefined {
  switch (param.kind) {
    case 'number':
      return between(value, param.min, param.max)
        ? undefined
        : `${param.label} must be a number from ${param.min} to ${param.max} ${param.unit}`.trim();
    case 'choice':
      return param.choices.some((one) => one === value)
        ? undefined
        : `${param.label} must be one of: ${param.choices.join(', ')}`;
    case 'ordinals':
      return isOrdinals(value, param)
        ? undefined
        : `${param.label} must be at most ${param.most} whole numbers from 1 to ${param.max}, in rising order`;
  }
}

const isOrdinals = (value: unknown, { max, most }: OrdinalsParam): boolean =>
  Array.isArray(value) &&
  value.length <= most &&
  value.every(
    (one, i) => Number.isInteger(one) && between(one, i === 0 ? 1 : value[i - 1] + 1, max),
  );
