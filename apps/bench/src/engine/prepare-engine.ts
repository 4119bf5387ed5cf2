import type { NativeEngine } from '@hyperspherical/tfjs-native';
import { setUp } from '@hyperspherical/tfjs-native/setup';
import { createProgressPrinter } from '../printing/progress-printer.js';

/** Sets the native engine up where it is not, telling stderr so, then makes it tfjs's backend. */
export async function prepareEngine({
  signal,
}: { readonly signal?: AbortSignal } = {}): Promise<NativeEngine> {
  const printer = createProgressPrinter(process.stderr);
  try {
    await setUp({
      onProgress({ message }) {
        printer.show(message.replace(/: \d+ %$/, ''), message);
      },
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    printer.close();
  }
  const { nativeEngine } = await import('@hyperspherical/tfjs-native');
  return nativeEngine();
}
