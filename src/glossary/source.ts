// Where a term's primary source can be read. Knows the two forms that the schema allows.

/** `RFC 6455 §5.2` → its section at the RFC Editor; `Name <https://…>` → its parts. */
export function sourceOf(source: string): { readonly name: string; readonly url: string } {
  const rfc = /^RFC (\d+)(?: §(\S+))?$/.exec(source);
  if (rfc) {
    const section = rfc[2] ? `#section-${rfc[2]}` : '';
    return { name: source, url: `https://www.rfc-editor.org/rfc/rfc${rfc[1]}${section}` };
  }
  const named = /^([^<]+?) <([^>]+)>$/.exec(source);
  return { name: named?.[1] ?? source, url: named?.[2] ?? 'https://www.rfc-editor.org' };
}
