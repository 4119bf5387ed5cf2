import { registerGradient, registerKernel } from '@tensorflow/tfjs';
import {
  batchNormalisationGradient,
  batchNormalisationGradientKernel,
  batchNormalisationSecondGradient,
} from './batch-normalisation-gradient.js';
import { broadcastGradient, broadcastKernel, meanGradient, sumGradient } from './broadcast.js';
import {
  fusedBatchNormalisationGradient,
  fusedBatchNormalisationGradientKernel,
  fusedBatchNormalisationKernel,
} from './fused-batch-normalisation.js';
import { reluGradient, reluGradientKernel, reluSecondGradient } from './relu-gradient.js';

const kernels = [
  batchNormalisationGradientKernel,
  broadcastKernel,
  fusedBatchNormalisationKernel,
  fusedBatchNormalisationGradientKernel,
  reluGradientKernel,
];

const gradients = [
  batchNormalisationGradient,
  batchNormalisationSecondGradient,
  broadcastGradient,
  fusedBatchNormalisationGradient,
  meanGradient,
  reluGradient,
  reluSecondGradient,
  sumGradient,
];

/** Registers the kernels of this folder for our backend, and their gradients. Once a process. */
export function registerFusedKernels(): void {
  kernels.forEach(registerKernel);
  gradients.forEach(registerGradient);
}
