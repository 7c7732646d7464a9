// Whether the predictions of the step on screen are all locked in. Knows no stage.

import { createContext, useContext, useEffect } from 'react';

export interface StepGate {
  /** Every prediction of the step is locked in, or it has none. */
  readonly isOpen: boolean;
  /** A prediction says that it is there. Returns its leave. */
  register(id: string): () => void;
}

export const StepGateContext = createContext<StepGate | undefined>(undefined);

export function useStepGate(): StepGate {
  const gate = useContext(StepGateContext);
  if (!gate) throw new Error('a prediction was drawn outside a step');
  return gate;
}

/** For a prediction: the step waits for it. */
export function usePrediction(id: string): StepGate {
  const gate = useStepGate();
  const { register } = gate;
  useEffect(() => register(id), [register, id]);
  return gate;
}
