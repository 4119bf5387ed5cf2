import { getKernel, registerGradient, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { backendName } from '../engine/backend-name.js';
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
  fusedBatchNormalisationSecondGradient,
} from './fused-batch-normalisation.js';
import { registerFusedLayers } from './fused-layers.js';
import { registerFusedLosses } from './fused-losses.js';
import { maxPoolGradientKernel } from './max-pool-gradient.js';
import { reluGradient, reluGradientKernel, reluSecondGradient } from './relu-gradient.js';

import {
  softmaxCrossEntropyGradient,
  softmaxCrossEntropyGradientKernel,
  softmaxCrossEntropyKernel,
  softmaxCrossEntropySecondGradient,
} from './softmax-cross-entropy.js';
import { stepKernel } from './step.js';

const kernels = [
  batchNormalisationGradientKernel,
  broadcastKernel,
  fusedBatchNormalisationKernel,
  fusedBatchNormalisationGradientKernel,
  reluGradientKernel,
  softmaxCrossEntropyKernel,
  softmaxCrossEntropyGradientKernel,
];

/** Kernels that tfjs-node has too. */
const betterKernels = [
  { name: 'MaxPoolGrad', improve: maxPoolGradientKernel },
  { name: 'Step', improve: stepKernel },
];

const gradients = [
  batchNormalisationGradient,
  batchNormalisationSecondGradient,
  broadcastGradient,
  fusedBatchNormalisationGradient,
  fusedBatchNormalisationSecondGradient,
  meanGradient,
  reluGradient,
  reluSecondGradient,
  softmaxCrossEntropyGradient,
  softmaxCrossEntropySecondGradient,
  sumGradient,
];

/** Registers the kernels of this folder for our backend, and their gradients. Once a process, after those of tfjs-node. */
export function registerFusedKernels(): void {
  kernels.forEach(registerKernel);
  for (const { name, improve } of betterKernels) {
    const plain = getKernel(name, backendName);
    unregisterKernel(name, backendName);
    registerKernel(improve(plain));
  }
  gradients.forEach(registerGradient);
  registerFusedLosses();
  registerFusedLayers();
}
