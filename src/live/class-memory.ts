// Which classes this browser takes part in, and what proves it. Stays in this browser's storage; where
// that is refused, in this page until it is closed.

import type { Joined } from '../contract/class.ts';

const KEY = 'wirelight.classes.1';

export interface Remembered {
  /** Present where this browser holds the class as its instructor. */
  readonly key?: string;
  readonly joined?: Joined & { readonly name: string };
}

type Memory = Record<string, Remembered>;

/** What storage refused to take. Goes before what storage has. */
let held: Memory | undefined;
let isTold = false;

/** In the order in which they were last accepted. */
export function rememberedClasses(): Memory {
  return held ?? stored() ?? {};
}

/** Adds to what is remembered of a class. Call it only with what the server gave or accepted. */
export function rememberClass(code: string, more: Remembered): void {
  const { [code]: before, ...rest } = rememberedClasses();
  keep({ ...rest, [code]: { ...before, ...more } });
}

/** Forgets that key or that learner, which the server refused, and nothing else. */
export function forgetIdentity(code: string, refused: Joined | { readonly key: string }): void {
  const { [code]: before, ...rest } = rememberedClasses();
  if (!before) return;
  const { key, joined } = before;
  const left: Remembered = {
    ...(key === undefined || ('key' in refused && refused.key === key) ? {} : { key }),
    ...(!joined || ('secret' in refused && refused.secret === joined.secret) ? {} : { joined }),
  };
  keep(Object.keys(left).length > 0 ? { ...rest, [code]: left } : rest);
}

/** Why a reload will lose the place in the class, told once a page; nothing where it will not. */
export function lossNotice(): string | undefined {
  if (!held || isTold) return undefined;
  isTold = true;
  return 'This browser stores nothing for this site, so a reload will lose your place in the class.';
}

function keep(memory: Memory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
    held = undefined;
  } catch {
    held = memory;
  }
}

/** Nothing where storage is refused. What somebody else wrote there is passed over. */
function stored(): Memory | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (!isObject(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(isKnown));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Partial<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKnown = (entry: [string, unknown]): entry is [string, Remembered] => isRemembered(entry[1]);

function isRemembered(value: unknown): value is Remembered {
  if (!isObject(value)) return false;
  const { key, joined } = value;
  const isLearner =
    isObject(joined) && isText(joined.learner) && isText(joined.secret) && isText(joined.name);
  return (key === undefined || isText(key)) && (joined === undefined || isLearner);
}

const isText = (value: unknown): boolean => typeof value === 'string';
