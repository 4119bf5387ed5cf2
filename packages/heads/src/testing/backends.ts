// The gradients: tfjs-core's build for Node leaves them out.
import '@tensorflow/tfjs';
import { enableProdMode } from '@tensorflow/tfjs-core';

// The cpu backend then prints no advertisement.
enableProdMode();

/** The tfjs backends that every test of this package runs on. */
export const backends = ['cpu'];
