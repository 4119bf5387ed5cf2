import { registerGradient, registerKernel } from '@tensorflow/tfjs';
import {
  fusedBatchNormalisationGradient,
  fusedBatchNormalisationGradientKernel,
  fusedBatchNormalisationKernel,
} from './fused-batch-normalisation.js';
import { reluGradient, reluGradientKernel, reluSecondGradient } from './relu-gradient.js';

const kernels = [fusedBatchNormalisationKernel, fusedBatchNormalisationGradientKernel, reluGradientKernel];
const gradients = [fusedBatchNormalisationGradient, reluGradient, reluSecondGradient];

/** Registers the kernels of this folder for our backend, and their gradients. Once a process. */
export function registerFusedKernels(): void {
  kernels.forEach(registerKernel);
  gradients.forEach(registerGradient);
}
