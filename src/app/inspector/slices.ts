// Long work in short slices, so that the page stays alive. Knows nothing of what the work is.

/** Less than a frame of the screen, with room for the page's own work. */
const SLICE_MILLIS = 10;

/**
 * Runs a generator to its end; between slices the page gets its turn and hears how far it is. Rejects with
 * an `AbortError` once `signal` says so.
 */
export async function inSlices<T>(
  work: Generator<number, T>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MILLIS;
    let done = 0;
    do {
      const step = work.next();
      if (step.done) return step.value;
      done = step.value;
    } while (performance.now() < until);
    onProgress(done);
    await turn();
    signal.throwIfAborted();
  }
}

/** A message comes sooner than any timer, and still after what the page has to do. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
