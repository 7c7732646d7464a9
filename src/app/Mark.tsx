// The product's mark: a packet, its headers nested.

export function Mark() {
  return (
    <svg viewBox="0 0 34 12" width="34" height="12" aria-hidden="true">
      <rect x="0" y="1" width="34" height="10" rx="5" fill="var(--layer-ip)" />
      <rect x="8" y="1" width="26" height="10" rx="5" fill="var(--layer-tcp)" />
      <rect x="15" y="1" width="19" height="10" rx="5" fill="var(--layer-websocket)" />
      <rect x="22" y="1" width="12" height="10" rx="5" fill="var(--layer-socketio)" />
    </svg>
  );
}
