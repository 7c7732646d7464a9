// Texts to begin with. Lines end here with LF; which ends go out is another knob. `{lab}` stands for the
// path of the lab.

/** The page of notes before anybody has left one has always the same name. */
export const EMPTY_PAGE_ETAG = '"6481840b4ef5"';

const lines = (...all: readonly string[]): string => all.join('\n');

export const SAMPLES = {
  one: {
    label: 'one request',
    text: lines('GET {lab}notes HTTP/1.1', 'Host: lab', '', ''),
  },
  pipeline: {
    label: 'two requests at once',
    text: lines(
      'GET {lab}story HTTP/1.1',
      'Host: lab',
      '',
      'GET {lab}notes HTTP/1.1',
      'Host: lab',
      '',
      '',
    ),
  },
  post: {
    label: 'a note with its length',
    text: lines('POST {lab}notes HTTP/1.1', 'Host: lab', 'Content-Length: 12', '', 'Good morning'),
  },
  chunked: {
    label: 'a note in chunks',
    text: lines(
      'POST {lab}notes HTTP/1.1',
      'Host: lab',
      'Transfer-Encoding: chunked',
      '',
      '5',
      'Good ',
      '7',
      'morning',
      '0',
      '',
      '',
    ),
  },
  'too-short': {
    label: 'a length that is too small',
    text: lines(
      'POST {lab}notes HTTP/1.1',
      'Host: lab',
      'Content-Length: 5',
      '',
      'Good morning',
      '',
      'GET {lab}notes HTTP/1.1',
      'Host: lab',
      '',
      '',
    ),
  },
  'too-long': {
    label: 'a length that is too large',
    text: lines('POST {lab}notes HTTP/1.1', 'Host: lab', 'Content-Length: 40', '', 'Good morning'),
  },
  'two-lengths': {
    label: 'a length said in two ways',
    text: lines(
      'POST {lab}notes HTTP/1.1',
      'Host: lab',
      'Content-Length: 12',
      'Transfer-Encoding: chunked',
      '',
      '0',
      '',
      '',
    ),
  },
  'no-host': {
    label: 'no Host',
    text: lines('GET {lab}notes HTTP/1.1', '', ''),
  },
  unended: {
    label: 'no empty line',
    text: lines('GET {lab}notes HTTP/1.1', 'Host: lab', ''),
  },
  conditional: {
    label: 'only if it has changed',
    text: lines(
      'GET {lab}notes HTTP/1.1',
      'Host: lab',
      `If-None-Match: ${EMPTY_PAGE_ETAG}`,
      '',
      '',
    ),
  },
  delete: {
    label: 'a method that is not allowed',
    text: lines('DELETE {lab}notes HTTP/1.1', 'Host: lab', '', ''),
  },
  greeting: {
    label: 'no request at all',
    text: lines('Good morning, server', '', ''),
  },
} as const;
