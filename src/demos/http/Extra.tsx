// What stands beside the wire of the browser's own exchanges.

import { Exchanges } from '../../views/Exchanges.tsx';
import type { ViewProps } from '../../views/view.ts';

export const Extra = (view: ViewProps) => <Exchanges {...view} />;
