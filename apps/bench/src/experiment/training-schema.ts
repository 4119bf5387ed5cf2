import { z } from 'zod';

const positiveInteger = z.int().min(1);
const learningRate = z
  .number()
  .positive()
  .describe('The peak, where a schedule changes it. The paper: 0.01, with the sum.');

const optimizer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd'),
    learningRate,
    momentum: z.number().min(0).lt(1).default(0.9).describe('The paper: 0.9.'),
    nesterov: z.boolean().default(false),
    weightDecay: z
      .number()
      .min(0)
      .default(0)
      .describe('Added to the gradient, as in PyTorch. The paper: 1e-4.'),
    decoupledWeightDecay: z
      .boolean()
      .default(false)
      .describe('Whether the decay shrinks weights apart from the gradient.'),
  }),
  z.strictObject({
    kind: z.enum(['adam', 'adamw']),
    learningRate,
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: z.number().positive().default(1e-8),
    weightDecay: z.number().min(0).default(0),
  }),
]);

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({
    kind: z.literal('one-cycle'),
    warmUp: z.number().gt(0).lt(1).default(0.2).describe('Share of the steps in which the rate rises.'),
  }),
  z.strictObject({
    kind: z.literal('cosine'),
    warmUp: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('Share of the steps in which the rate rises on a line, before it falls as a cosine to 0.'),
  }),
  z.strictObject({
    kind: z.literal('steps'),
    atEpochs: z.array(positiveInteger).describe('Epochs after which the rate falls. The paper: 100 and 200.'),
    factor: z.number().positive().default(0.1).describe('The paper: 0.1.'),
  }),
]);

const augmentation = z.strictObject({
  padAndCrop: z.int().min(0).default(0).describe('Pixels of padding before a random crop. The paper: 4.'),
  horizontalFlip: z.boolean().default(false).describe('The paper: true.'),
  rotation: z.number().min(0).max(180).default(0).describe('Degrees to either side, at random.'),
  cutout: z.int().min(0).default(0).describe('Side of a square that is covered, in pixels.'),
  randomResizedCrop: z
    .strictObject({
      area: z.tuple([z.number(), z.number()]).default([0.08, 1]),
      aspectRatio: z.tuple([z.number(), z.number()]).default([3 / 4, 4 / 3]),
    })
    .optional(),
});

const progressiveResizing = z
  .array(
    z.strictObject({
      untilEpoch: positiveInteger.describe('The last epoch of this size.'),
      size: z.int().min(8).describe('Height and width, in pixels.'),
    }),
  )
  .min(1)
  .describe(
    'Sizes that images are brought to in the first epochs, training and tests after each; later epochs have images as they are. Smaller ones cost less. The paper: none.',
  );

/** How the weights are moved. */
export const trainingSchema = z.strictObject({
  epochs: positiveInteger.describe('The paper: 250.'),
  batchSize: positiveInteger.describe('The paper: 128.'),
  dropLast: z.boolean().default(false).describe('Whether a last batch that is short is left out.'),
  reduction: z.enum(['mean', 'sum']).describe('How the losses of a batch become one number. The paper: sum.'),
  optimizer,
  schedule,
  balanceClasses: z.boolean().default(false).describe('Whether every class comes equally often in an epoch.'),
  augmentation: augmentation.prefault({}),
  progressiveResizing: progressiveResizing.optional(),
});

/** Validated settings of training. */
export type Training = z.output<typeof trainingSchema>;
