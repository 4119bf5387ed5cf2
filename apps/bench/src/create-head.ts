import { prototypeClassifier, softmaxClassifier, type Head } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Experiment } from './experiment-schema.js';

/** Builds the head that an experiment describes, with its prototypes. */
export async function createHead(
  { head, seed }: Experiment,
  classes: number,
): Promise<Head<Tensor1D, Tensor1D>> {
  switch (head.kind) {
    case 'prototype-classifier': {
      const { method, dimensions } = head.prototypes;
      return prototypeClassifier({
        prototypes: await createPrototypes({ classes, dimensions, method, seed }),
      });
    }
    case 'softmax-classifier':
      return softmaxClassifier({ classes });
  }
}
