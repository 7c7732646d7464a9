// The fields that any dissection here can show. The only list to edit when a protocol is added.

import { ARP_FIELDS } from './arp.ts';
import { DNS_FIELDS } from './dns-fields.ts';
import { ENGINEIO_FIELDS } from './engineio-fields.ts';
import { EVENT_STREAM_FIELDS } from './event-stream.ts';
import { HTTP_FIELDS } from './http-fields.ts';
import { ICMP_FIELDS } from './icmp-fields.ts';
import { IP_FIELDS } from './ip-fields.ts';
import type { FieldSpec } from './layer.ts';
import { LINK_FIELDS } from './link-fields.ts';
import { SOCKETIO_FIELDS } from './socketio-fields.ts';
import { TCP_FIELDS } from './tcp-fields.ts';
import { UDP_FIELDS } from './udp-fields.ts';
import { EXTENSION_FIELDS } from './websocket-extensions.ts';
import { WEBSOCKET_FIELDS } from './websocket-fields.ts';

export const FIELD_SPECS: readonly FieldSpec[] = [
  ...LINK_FIELDS,
  ...ARP_FIELDS,
  ...IP_FIELDS,
  ...ICMP_FIELDS,
  ...TCP_FIELDS,
  ...UDP_FIELDS,
  ...DNS_FIELDS,
  ...HTTP_FIELDS,
  ...EVENT_STREAM_FIELDS,
  ...WEBSOCKET_FIELDS,
  ...EXTENSION_FIELDS,
  ...ENGINEIO_FIELDS,
  ...SOCKETIO_FIELDS,
];
