// The fields of a DNS message (RFC 1035), and the names of its types and codes. Parses nothing.

import type { FieldSpec } from './layer.ts';

const field = (key: string, label: string, explain: string, spec = '1035 §4.1.1'): FieldSpec => ({
  key: `dns.${key}`,
  label,
  explain,
  spec: `RFC ${spec}`,
});
const question = '1035 §4.1.2';
const record = '1035 §4.1.3';

export const DNS = {
  id: field('id', 'Identifier', 'The answer repeats it, so that it is found again.'),
  response: field('flags.response', 'Response', 'This answers a question.'),
  opcode: field('flags.opcode', 'Operation', 'What is asked for: 0 is a plain question.'),
  authoritative: field('flags.authoritative', 'Authoritative', 'Said by who is in charge of it.'),
  truncated: field('flags.truncated', 'Truncated', 'It did not fit: ask again over TCP.'),
  recursionDesired: field('flags.recdesired', 'Recursion desired', 'Please ask others for me.'),
  recursionAvailable: field('flags.recavail', 'Recursion available', 'This server asks others.'),
  reserved: field('flags.z', 'Reserved', 'One bit that must be 0.'),
  authenticated: field(
    'flags.authenticated',
    'Authentic',
    'Signatures were checked.',
    '4035 §3.2.3',
  ),
  checkingDisabled: field(
    'flags.checkdisable',
    'Checking disabled',
    'I check them.',
    '4035 §3.2.2',
  ),
  code: field('flags.rcode', 'Response code', 'How it went: 0 is fine, 3 means no such name.'),
  questions: field('count.queries', 'Questions', 'How many questions follow.'),
  answers: field('count.answers', 'Answers', 'How many records answer them.'),
  authorities: field('count.auth_rr', 'Authorities', 'How many records name who is in charge.'),
  additionals: field('count.add_rr', 'Additional', 'How many further records follow.'),
  queryName: field('qry.name', 'Name', 'The name that is asked about.', question),
  queryType: field('qry.type', 'Type', 'Which kind of record: 1 is an IPv4 address.', question),
  queryClass: field('qry.class', 'Class', 'Which network: 1 is the internet.', question),
  name: field('resp.name', 'Name', 'The name that this record is about.', record),
  type: field('resp.type', 'Type', 'Which kind of record this is.', record),
  class: field('resp.class', 'Class', 'Which network: 1 is the internet.', record),
  ttl: field('resp.ttl', 'Time to live', 'For how many seconds the answer may be kept.', record),
  length: field('resp.len', 'Data length', 'Bytes of the record’s data.', record),
  address: field('a', 'Address', 'The IPv4 address that the name has.', '1035 §3.4.1'),
  address6: field('aaaa', 'IPv6 address', 'The IPv6 address that the name has.', '3596 §2.2'),
  canonicalName: field(
    'cname',
    'Canonical name',
    'The name that this one stands for.',
    '1035 §3.3.1',
  ),
  nameServer: field('ns', 'Name server', 'Who answers for this name.', '1035 §3.3.11'),
  pointer: field('ptr.domain_name', 'Pointer', 'The name behind an address.', '1035 §3.3.12'),
  mailExchange: field('mx.mail_exchange', 'Mail server', 'Where its mail goes.', '1035 §3.3.9'),
  text: field('txt', 'Text', 'Any text that its owner wrote down.', '1035 §3.3.14'),
  data: field('data', 'Data', 'The record’s data, of a kind not explained here.', record),
} as const;

export const DNS_FIELDS: readonly FieldSpec[] = Object.values(DNS);

export const DNS_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [41, 'OPT'],
  [65, 'HTTPS'],
  [255, 'ANY'],
]);

export const DNS_CODES: readonly string[] = [
  'no error',
  'bad question',
  'server failed',
  'no such name',
  'not implemented',
  'refused',
];
