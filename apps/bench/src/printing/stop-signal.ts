/**
 * A signal that aborts on the first Ctrl-C (or SIGTERM), so that the work in hand can end in good order. The second ends the
 * process at once.
 *
 * @param onStop - Called at the first.
 */
export function stopSignal(onStop?: () => void): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(1);
    onStop?.();
    controller.abort(new Error('Interrupted.'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop).off('SIGTERM', stop);
    },
  };
}
