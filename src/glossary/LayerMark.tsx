// The protocol that a term belongs to, as a chip; nothing for terms that belong to none.

import { ProtocolChip } from '../ui/ProtocolChip.tsx';

export function LayerMark({ layer }: { readonly layer: string }) {
  return layer === 'general' ? null : <ProtocolChip protocol={layer} />;
}
