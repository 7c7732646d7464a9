// A small, safe part of Markdown as a tree: paragraphs, `-` lists, fenced code, `code`, **strong**,
// *emphasis* and links. Raw HTML is an error, so that a term can never carry a script.

import type { Block, Inline, TermBody } from '../src/glossary/schema.ts';

/** Says what is wrong, and on which line (counted from 1) of the text that was given. */
export class MarkdownError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Throws a `MarkdownError` on anything outside the part of Markdown that terms may use. */
export function parseMarkdown(text: string): TermBody {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      if (end < 0) throw new MarkdownError(at + 1, 'this code has no closing ```');
      blocks.push({ code: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (/^(#|>|\||\d+\. )/.test(line)) {
      throw new MarkdownError(
        at + 1,
        'expected a paragraph, a list with `-` or a block of code; headings, quotes, tables and numbered lists are not part of a term',
      );
    } else {
      const end = blockEnd(lines, at);
      blocks.push(textBlock(lines.slice(at, end), at + 1));
      at = end;
    }
  }
  return blocks;
}

function blockEnd(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length && lines[end]?.trim() !== '' && !lines[end]?.startsWith('```'))
    end += 1;
  return end;
}

function textBlock(lines: readonly string[], number: number): Block {
  if (!lines[0]?.startsWith('- ')) return { paragraph: parseInline(lines.join(' '), number) };
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) items.push(line.slice(2));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return { list: items.map((item, index) => parseInline(item, number + index)) };
}

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]*)\)|(<\/?[a-zA-Z!][^>]*>)/;

function parseInline(text: string, line: number): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index > 0) parts.push(rest.slice(0, found.index));
    parts.push(inlineOf(found, line));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

function inlineOf(found: RegExpExecArray, line: number): Inline {
  const [, code, strong, em, label, to = '', html] = found;
  if (html !== undefined) {
    throw new MarkdownError(
      line,
      `raw HTML is not allowed (${html}); put it in backquotes to show it`,
    );
  }
  if (code !== undefined) return { code };
  if (strong !== undefined) return { strong: parseInline(strong, line) };
  if (em !== undefined) return { em: parseInline(em, line) };
  return { link: parseInline(label ?? '', line), to: addressOf(to, line) };
}

/** A bare id is the page of that term. */
function addressOf(to: string, line: number): string {
  if (/^[a-z0-9-]+$/.test(to)) return `/glossary/${to}`;
  if (/^\/[a-z]/.test(to) || to.startsWith('https://')) return to;
  throw new MarkdownError(
    line,
    `expected a link to the id of a term, to a page here (/lessons/…) or to an https address, not "${to}"`,
  );
}
