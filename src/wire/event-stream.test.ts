import { describe, expect, it } from 'vitest';
import { eventStreamFields } from './event-stream.ts';

const read = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { bytes, ...eventStreamFields(bytes, [0, bytes.length]) };
};

describe('an event stream', () => {
  it('is taken apart into names, values and line ends', () => {
    const { fields, count } = read('id: 7\nevent: news\ndata: Rain\n\n');
    expect(count).toBe(1);
    const values = fields.map(({ spec, value }) => [spec.key, value]);
    expect(values).toContainEqual(['sse.id', '7']);
    expect(values).toContainEqual(['sse.event', 'news']);
    expect(values).toContainEqual(['sse.data', 'Rain']);
    expect(values.at(-1)).toEqual(['sse.event_end', 'LF']);
  });

  it.each([
    ': a comment\n\n',
    'data\r\ndata:x\r\n\r\n',
    'data: no end',
    'colour: red\rdata:\r\r',
    'data: ü\n',
  ])('explains every byte of %j once', (text) => {
    const { bytes, fields } = read(text);
    let at = 0;
    for (const { range } of fields) {
      expect(range[0]).toBe(at);
      at = range[1];
    }
    expect(at).toBe(bytes.length);
  });

  it('counts no event without data', () => {
    expect(read(': still here\n\nevent: x\n\n').count).toBe(0);
    expect(read('data: 1\n\ndata: 2\n\ndata: 3\n').count).toBe(2);
  });
});
