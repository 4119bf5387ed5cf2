import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, ready, setBackend, type TensorContainer, tidy } from '@tensorflow/tfjs-core';

/** What `compute` returns, with its tensors in plain JavaScript, so that a picture comes out the same on every machine. */
export async function onCpu<T extends TensorContainer>(compute: () => T): Promise<T> {
  // The backend then prints no advertisement.
  enableProdMode();
  await setBackend('cpu');
  await ready();
  return tidy(compute);
}
