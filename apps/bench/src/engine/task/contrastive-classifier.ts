import { nearestMeanClassifier, type NearestMeanClassifier } from '@hyperspherical/heads';
import { supervisedContrastiveLoss } from '@hyperspherical/losses';
import { randomPrototypes } from '@hyperspherical/prototypes';
import { zeros } from '@tensorflow/tfjs-core';

/** What a contrastive classifier is made of. */
export interface ContrastiveOptions {
  readonly classes: number;
  readonly dimensions: number;
  /** What cosines are divided by. */
  readonly temperature: number;
  readonly seed: number;
}

/**
 * Supervised contrastive learning, judged by the nearest mean: the loss draws outputs of one class together and apart from all others;
 * `recompute` sets the means from the training outputs. Its JSON is that of a nearest-mean classifier, which it is once trained.
 *
 * @see Khosla et al., Supervised Contrastive Learning, NeurIPS 2020.
 */
export function contrastiveClassifier(options: ContrastiveOptions): NearestMeanClassifier {
  const { classes, dimensions, temperature, seed } = options;
  const classifier = nearestMeanClassifier({ means: randomPrototypes({ classes, dimensions, seed }) });
  return {
    ...classifier,
    // A single example has nobody to be compared with.
    loss: (outputs, labels) =>
      outputs.shape[0] < 2
        ? zeros([outputs.shape[0]])
        : supervisedContrastiveLoss(outputs, labels, { temperature }),
  };
}
