import { z } from 'zod';

const positiveInteger = z.int().min(1);

const dataset = z.strictObject({
  kind: z.enum(['cifar10', 'cifar100']).describe('Which images and labels to train on.'),
  limitImages: positiveInteger.optional().describe('Use only the first so many images of each split.'),
});

const backbone = z.strictObject({
  kind: z.literal('cifar-resnet'),
  depth: z
    .int()
    .refine((depth) => depth >= 8 && (depth - 2) % 6 === 0, 'must be 6n + 2: 8, 14, 20, 26, 32, ...')
    .describe('Number of weighted layers, 6n + 2. The paper: 32.'),
  width: positiveInteger.default(16).describe('Channels of the first stage. The paper: 16.'),
  shortcut: z.enum(['convolution', 'projection', 'padding']).default('convolution'),
});

const prototypeClassifier = z.strictObject({
  kind: z.literal('prototype-classifier'),
  prototypes: z.strictObject({
    method: z
      .enum(['auto', 'circle', 'simplex', 'orthoplex', 'log-sum-exp', 'one-hot', 'random'])
      .default('auto'),
    dimensions: positiveInteger.describe('Size of the output space.'),
  }),
});

const softmaxClassifier = z.strictObject({ kind: z.literal('softmax-classifier') });

const training = z.strictObject({
  epochs: positiveInteger,
  batchSize: positiveInteger.describe('The paper: 128.'),
  reduction: z.enum(['mean', 'sum']).describe('How the losses of a batch become one number. The paper: sum.'),
  optimizer: z.strictObject({
    kind: z.literal('sgd'),
    learningRate: z
      .number()
      .positive()
      .describe('The peak, where a schedule changes it. The paper: 0.01, with the sum.'),
    momentum: z.number().min(0).lt(1).default(0.9),
    nesterov: z.boolean().default(false),
    weightDecay: z
      .number()
      .min(0)
      .default(0)
      .describe('Added to the gradient, as in PyTorch. The paper: 1e-4.'),
  }),
  schedule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant') }),
    z.strictObject({
      kind: z.literal('one-cycle'),
      warmUp: z.number().gt(0).lt(1).default(0.2).describe('Share of the steps in which the rate rises.'),
    }),
    z.strictObject({
      kind: z.literal('steps'),
      atEpochs: z
        .array(positiveInteger)
        .describe('Epochs after which the rate falls. The paper: 100 and 200.'),
      factor: z.number().positive().default(0.1),
    }),
  ]),
  augmentation: z.strictObject({
    padAndCrop: z.int().min(0).default(4).describe('Pixels of padding before a random crop. The paper: 4.'),
    horizontalFlip: z.boolean().default(true),
  }),
});

/** Everything that decides a run's numbers, as one strict JSON file. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  title: z.string().describe('How tables and progress lines call the run.'),
  dataset,
  backbone,
  head: z.discriminatedUnion('kind', [prototypeClassifier, softmaxClassifier]),
  training,
  seed: z.int().min(0),
});

/** A validated experiment, with every default filled in. */
export type Experiment = z.output<typeof experimentSchema>;
