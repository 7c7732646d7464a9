// The fields of an HTTP/1.1 message other than the values of well-known headers. Parses nothing.

import { HEADER_VALUES } from './http-headers.ts';
import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec: string): FieldSpec => ({
  key: `http.${key}`,
  label,
  explain,
  spec,
});

export const HTTP = {
  method: field(
    'request.method',
    'Method',
    'What the client wants done: GET asks for something, POST hands something in.',
    'RFC 9110 §9.1',
  ),
  uri: field(
    'request.uri',
    'Request target',
    'The path and query of what the request is about.',
    'RFC 9112 §3.2',
  ),
  path: field(
    'request.uri.path',
    'Path',
    'The place on the server that the request is about.',
    'RFC 3986 §3.3',
  ),
  parameter: field(
    'request.uri.query.parameter',
    'Query parameter',
    'A name and a value that the client adds after the question mark.',
    'RFC 3986 §3.4',
  ),
  requestVersion: field(
    'request.version',
    'Version',
    'The version of HTTP that the client speaks.',
    'RFC 9112 §2.3',
  ),
  responseVersion: field(
    'response.version',
    'Version',
    'The version of HTTP that the server speaks.',
    'RFC 9112 §2.3',
  ),
  code: field(
    'response.code',
    'Status code',
    'How the request went, as a number: 2xx is success, 4xx is the client’s mistake, 5xx the server’s.',
    'RFC 9110 §15',
  ),
  phrase: field(
    'response.phrase',
    'Reason phrase',
    'The status code again in words for people; programs ignore it.',
    'RFC 9112 §4',
  ),
  space: field(
    'space',
    'Space',
    'One space separates the parts of the first line.',
    'RFC 9112 §2.1',
  ),
  lineEnd: field(
    'line_end',
    'Line end',
    'Carriage return and line feed end every line of the head.',
    'RFC 9112 §2.2',
  ),
  headerName: field(
    'header.name',
    'Header name',
    'Says what the value after the colon is about; upper and lower case mean the same.',
    'RFC 9110 §5.1',
  ),
  colon: field(
    'header.colon',
    'Colon',
    'The colon separates a header’s name from its value.',
    'RFC 9112 §5',
  ),
  headerValue: field(
    'header.value',
    'Header value',
    'The value of a header that this program has no explanation for.',
    'RFC 9110 §5.5',
  ),
  headEnd: field(
    'header.end',
    'Empty line',
    'An empty line ends the head; the body, if there is one, follows.',
    'RFC 9112 §2.1',
  ),
  chunkSize: field(
    'chunk_size',
    'Chunk size',
    'How many bytes the next piece of the body has, in hexadecimal; 0 means that the body is complete.',
    'RFC 9112 §7.1',
  ),
  chunkExtension: field(
    'chunk_extension',
    'Chunk extension',
    'An optional remark about a chunk, which nearly nobody uses.',
    'RFC 9112 §7.1.1',
  ),
  chunkLineEnd: field(
    'chunk_line_end',
    'Line end',
    'Carriage return and line feed end the chunk’s size and the chunk itself.',
    'RFC 9112 §7.1',
  ),
  chunkData: field(
    'chunk_data',
    'Chunk',
    'One piece of the body; all pieces put together are the body.',
    'RFC 9112 §7.1',
  ),
  encodedBody: field(
    'content_encoded',
    'Compressed body',
    'The body as it crossed the wire, compressed; undoing the compression gives the content.',
    'RFC 9110 §8.4',
  ),
  fileData: field(
    'file_data',
    'Body',
    'What the message carries for the application, such as a page, a script or a file.',
    'RFC 9110 §6.4',
  ),
  unread: field(
    'unread',
    'Not understood',
    'Bytes that do not follow the rules of HTTP, or that came after such bytes.',
    'RFC 9112 §2.2',
  ),
} as const;

export const HTTP_FIELDS: readonly FieldSpec[] = [
  ...Object.values(HTTP),
  ...HEADER_VALUES.values(),
];
