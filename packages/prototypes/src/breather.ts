/** Lets timers, events and an abort through while a long computation runs. */
export interface Breather {
  /** Whether it is time for a breath: check this often, it is cheap. */
  due(): boolean;
  /** Gives way to the event loop, then throws if the signal is aborted. */
  breathe(): Promise<void>;
}

const millisecondsBetweenBreaths = 40;

/** A breather that is due every 40 milliseconds; `onBreath` is called at each breath. */
export function createBreather(signal?: AbortSignal, onBreath?: () => void): Breather {
  signal?.throwIfAborted();
  let last = performance.now();
  return {
    due: () => performance.now() - last >= millisecondsBetweenBreaths,
    async breathe() {
      onBreath?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      last = performance.now();
    },
  };
}
