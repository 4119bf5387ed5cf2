import { engine, getKernel } from '@tensorflow/tfjs';

/** Whether the current backend has a kernel: gradients are registered for all backends at once. */
export function hasKernel(name: string): boolean {
  // tfjs's types say otherwise, but an unknown kernel is undefined.
  const kernel: unknown = getKernel(name, engine().backendName);
  return kernel !== undefined;
}
