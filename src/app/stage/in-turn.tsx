// Views that follow the playhead in turn while it plays. Knows no view.

import { type ComponentType, memo, useRef } from 'react';
import { useInTurn } from '../../views/use-in-turn.ts';

type Turned<P> = P & { readonly playing: boolean };

/** The view, drawn again only when its turn has come. It is given `playing` too. */
export function inTurn<P extends object>(View: ComponentType<P>): ComponentType<Turned<P>> {
  const Kept = memo(View) as unknown as ComponentType<P>;
  return function InTurn(props) {
    return <Kept {...useInTurn(useSame<P>(props), props.playing)} />;
  };
}

/** The same for a view that moves by itself: only what it reads off the playhead waits for a turn. */
export function readInTurn<P extends { readonly playhead: number }>(
  View: ComponentType<P>,
): ComponentType<Turned<P>> {
  const Kept = memo(View) as unknown as ComponentType<P>;
  return function ReadInTurn(props) {
    return <Kept {...props} playhead={useInTurn(props.playhead, props.playing)} />;
  };
}

/** The object from before as long as nothing in it changed. */
function useSame<P extends object>(props: P): P {
  const kept = useRef(props);
  const names = Object.keys(props) as (keyof P)[];
  const isSame =
    names.length === Object.keys(kept.current).length &&
    names.every((name) => Object.is(kept.current[name], props[name]));
  if (!isSame) kept.current = props;
  return kept.current;
}
