// The gradients: tfjs-core's build for Node leaves them out.
import '@tensorflow/tfjs';
import '@hyperspherical/tfjs-native';
import { enableProdMode } from '@tensorflow/tfjs-core';

// The cpu backend then prints no advertisement.
enableProdMode();

/** The tfjs backends that the tests of this package run on. */
export const backends = ['cpu', 'tensorflow'];
