// The link types of capture files (tcpdump.org/linktypes) that are read here. Knows no header.

export const LINK = {
  null: 0,
  ethernet: 1,
  /** OpenBSD and old files write raw IP as 12 or 14. */
  rawBsd: 12,
  rawOld: 14,
  /** A packet begins with its IPv4 or IPv6 header. */
  raw: 101,
  loop: 108,
  cooked: 113,
  ipv4: 228,
  ipv6: 229,
  cooked2: 276,
} as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(LINK));

export const isKnownLink = (linkType: number): boolean => KNOWN.has(linkType);
