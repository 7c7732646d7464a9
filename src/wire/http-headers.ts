// The header fields of HTTP that a learner meets here: what each value is for. Parses nothing.

import type { FieldSpec } from './layer.ts';

/** Header | Wireshark's name, where it has one | specification | what the value is for. */
const TABLE = `
Host | http.host | RFC 9110 §7.2 | The name and port that the client meant, because one server may answer for many names.
Connection | http.connection | RFC 9110 §7.6.1 | What to do with this connection: keep it for the next request, close it, or let it become another protocol.
Keep-Alive |  | RFC 2068 §19.7.1 | How long an idle connection stays open, in seconds, so that the next request can use it again.
Upgrade | http.upgrade | RFC 9110 §7.8 | The protocol that the connection should speak, or now speaks, instead of HTTP.
Sec-WebSocket-Key | http.sec_websocket_key | RFC 6455 §11.3.1 | A random value that the server must use in its answer, to prove that it understood the WebSocket request; it is not a password.
Sec-WebSocket-Accept | http.sec_websocket_accept | RFC 6455 §11.3.3 | The proof: a hash of the client’s key and a fixed text from the standard.
Sec-WebSocket-Version | http.sec_websocket_version | RFC 6455 §11.3.5 | The version of the WebSocket protocol; 13 is the only one in use.
Sec-WebSocket-Extensions | http.sec_websocket_extensions | RFC 6455 §11.3.2 | Optional additions to WebSocket that the client offers or the server accepts, such as compression.
Sec-WebSocket-Protocol | http.sec_websocket_protocol | RFC 6455 §11.3.4 | The protocol that the application wants to speak inside WebSocket.
Content-Length | http.content_length_header | RFC 9110 §8.6 | How many bytes the body has, so that the receiver knows where the message ends.
Content-Type | http.content_type | RFC 9110 §8.3 | What kind of data the body is, and in which character encoding.
Content-Encoding | http.content_encoding | RFC 9110 §8.4 | How the body was compressed; the receiver must undo it first.
Content-Language |  | RFC 9110 §8.5 | The language of the people that the body is meant for.
Content-Disposition |  | RFC 6266 §4 | Whether to show the body or to save it as a file, and under which name.
Content-Security-Policy |  | Content Security Policy 3 §3.1 | From where the page may load scripts, styles and other things.
Transfer-Encoding | http.transfer_encoding | RFC 9112 §6.1 | How the body is wrapped for this connection; chunked means in pieces, each with its own length in front.
Trailer |  | RFC 9110 §6.6.2 | Which header fields follow after the last chunk.
Access-Control-Allow-Origin |  | Fetch Standard §3.2 | Which web pages from other origins may read this answer.
Access-Control-Allow-Credentials |  | Fetch Standard §3.2 | Whether a page of another origin may read the answer to a request that carried cookies.
Access-Control-Allow-Methods |  | Fetch Standard §3.2 | Which methods a page of another origin may use.
Access-Control-Allow-Headers |  | Fetch Standard §3.2 | Which header fields a page of another origin may send.
Access-Control-Expose-Headers |  | Fetch Standard §3.2 | Which header fields a page of another origin may read.
Access-Control-Max-Age |  | Fetch Standard §3.2 | For how many seconds the browser may remember this permission.
Access-Control-Request-Method |  | Fetch Standard §3.2 | The method that the browser asks permission for before it sends the real request.
Access-Control-Request-Headers |  | Fetch Standard §3.2 | The header fields that the browser asks permission for before it sends the real request.
Access-Control-Request-Private-Network |  | Private Network Access §3.1 | The browser asks whether a page from the internet may reach this private network.
Access-Control-Allow-Private-Network |  | Private Network Access §3.1 | Whether a page from the internet may reach this private network.
Cross-Origin-Resource-Policy |  | Fetch Standard §3.7 | Which sites may embed this answer in their pages.
Cross-Origin-Opener-Policy |  | HTML Standard §7.1.3 | Whether this page shares its window group with pages of other origins.
Cross-Origin-Embedder-Policy |  | HTML Standard §7.1.4 | Which things from other origins this page may contain.
Timing-Allow-Origin |  | Resource Timing §4.5.1 | Which origins may see detailed loading times.
Origin | http.origin | RFC 6454 §7 | The scheme, host and port of the page that made the request.
Referer | http.referer | RFC 9110 §10.1.3 | The page from which the request came; the name is a spelling mistake that stayed.
Referrer-Policy |  | Referrer Policy §4.1 | How much of a page’s address the browser may tell others.
User-Agent | http.user_agent | RFC 9110 §10.1.5 | Which program sent the request, in its own words.
Server | http.server | RFC 9110 §10.2.4 | Which program answered, in its own words.
X-Powered-By |  | RFC 9110 §16.3 | Which software made the answer; not a standard field.
Accept | http.accept | RFC 9110 §12.5.1 | Which kinds of data the client would like.
Accept-Encoding | http.accept_encoding | RFC 9110 §12.5.3 | Which compressions the client can undo.
Accept-Language | http.accept_language | RFC 9110 §12.5.4 | Which languages the user prefers.
Accept-Charset |  | RFC 9110 §12.5.2 | Which character encodings the client would like; browsers no longer send it.
Accept-Ranges |  | RFC 9110 §14.3 | Whether the server can send a part of this resource only.
Range |  | RFC 9110 §14.2 | The part of the resource that the client wants.
Cache-Control | http.cache_control | RFC 9111 §5.2 | Who may store this message, and for how long it may be used again.
Pragma |  | RFC 9111 §5.4 | An old way to ask caches for a fresh answer.
Expires |  | RFC 9111 §5.3 | When a stored copy of this answer becomes too old.
Age |  | RFC 9111 §5.1 | For how many seconds a cache has kept this answer.
ETag |  | RFC 9110 §8.8.3 | A name for this exact version of the resource, so that the client can later ask whether it changed.
If-None-Match |  | RFC 9110 §13.1.2 | The versions that the client already has; if one is current, the server need not send it again.
If-Modified-Since |  | RFC 9110 §13.1.3 | Send the resource only if it changed after this moment.
Last-Modified | http.last_modified | RFC 9110 §8.8.2 | When the resource last changed.
Vary |  | RFC 9110 §12.5.5 | Which request fields the answer depends on, so that a cache does not mix up answers.
Date | http.date | RFC 9110 §6.6.1 | When the answer was made, by the server’s clock.
Location | http.location | RFC 9110 §10.2.2 | Where the client should look instead, or where the new resource is.
Retry-After |  | RFC 9110 §10.2.3 | How long the client should wait before it tries again.
Allow |  | RFC 9110 §10.2.1 | Which methods this resource understands.
Expect |  | RFC 9110 §10.1.1 | The client waits for a first sign of agreement before it sends the body.
Authorization | http.authorization | RFC 9110 §11.6.2 | The proof that the client may do this.
Cookie | http.cookie | RFC 6265 §4.2 | Small texts that this server stored in the browser earlier, sent back with every request.
Set-Cookie | http.set_cookie | RFC 6265 §4.1 | A small text that the browser should store and send back with later requests.
DNT |  | Tracking Preference Expression §5.2 | Do not track: the user asks not to be followed from site to site.
Sec-GPC |  | Global Privacy Control §3.2 | Global Privacy Control: the user asks that personal data is not sold or shared.
Upgrade-Insecure-Requests |  | Upgrade Insecure Requests §3.2.1 | The browser would rather have an encrypted page.
Priority |  | RFC 9218 §5 | How urgent the browser finds this request among its others.
Purpose |  | RFC 9110 §16.3 | Why the browser asks, for example to fetch a page ahead of time.
Sec-Purpose |  | Fetch Standard §2.2.7 | Why the browser asks, for example to fetch a page ahead of time.
Sec-Fetch-Site |  | W3C Fetch Metadata | Whether the request comes from the same origin, the same site or another site.
Sec-Fetch-Mode |  | W3C Fetch Metadata | How the browser makes the request, for example cors for one that follows the rules for other origins.
Sec-Fetch-Dest |  | W3C Fetch Metadata | What the answer will be used as; empty means by a program in the page.
Sec-Fetch-User |  | W3C Fetch Metadata | Whether a person’s click or key press caused the request.
Sec-Fetch-Storage-Access |  | Storage Access Headers | Whether the request may use cookies in a page of another site.
sec-ch-ua |  | RFC 8942 §2 | The browser’s brand and version, with a made-up brand so that servers do not rely on the list.
sec-ch-ua-mobile |  | RFC 8942 §2 | Whether the browser runs on a mobile device: ?0 is no and ?1 is yes.
sec-ch-ua-platform |  | RFC 8942 §2 | The operating system under the browser.
X-Content-Type-Options |  | Fetch Standard §3.6 | Asks the browser to believe the content type and not to guess.
X-Forwarded-For | http.x_forwarded_for | RFC 7239 §5.2 | The address of the client, added by a proxy on the way.
X-Forwarded-Proto |  | RFC 7239 §5.4 | Whether the client came by http or https, added by a proxy on the way.
X-Forwarded-Host |  | RFC 7239 §5.3 | The host name that the client used, added by a proxy on the way.
Forwarded |  | RFC 7239 §4 | What a proxy on the way knows about the client.
Via |  | RFC 9110 §7.6.3 | The proxies that the message passed through.
SourceMap |  | ECMA-426 §11 | Where to find the readable program that this script was made from.
`;

const slug = (header: string): string => header.toLowerCase().replaceAll('-', '_');

function specOf(line: string): [string, FieldSpec] {
  const [label = '', key = '', spec = '', explain = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  return [label.toLowerCase(), { key: key || `http.header.${slug(label)}`, label, explain, spec }];
}

/** Every well-known header's value, by its name in lower case: names are case-insensitive (§5.1). */
export const HEADER_VALUES: ReadonlyMap<string, FieldSpec> = new Map(
  TABLE.trim().split('\n').map(specOf),
);
