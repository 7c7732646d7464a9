// Which classes this browser takes part in, and what proves it. Stays in this browser's storage.

import type { Joined } from '../contract/class.ts';

const KEY = 'wirelight.classes.1';

export interface Remembered {
  /** Present where this browser holds the class as its instructor. */
  readonly key?: string;
  readonly joined?: Joined & { readonly name: string };
}

type Memory = Record<string, Remembered>;

export function rememberedClasses(): Memory {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Memory) : {};
  } catch {
    return {};
  }
}

/** Adds to what is remembered of a class. Where storage is off, it holds until the page is closed. */
export function rememberClass(code: string, more: Remembered): void {
  const memory = rememberedClasses();
  memory[code] = { ...memory[code], ...more };
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // The class works without; only a reload will ask again.
  }
}
