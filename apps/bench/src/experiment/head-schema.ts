import { z } from 'zod';
import { prototypesSchema } from './prototypes-schema.js';

/** What stands between outputs and task: a head of @hyperspherical/heads, or one of the baselines that only studies need. */
export const headSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prototype-classifier'), prototypes: prototypesSchema }),
  z.strictObject({
    kind: z.literal('prototype-regressor'),
    dimensions: z.int().min(2).default(3).describe('The paper: 2 (S1) and 3 (S2).'),
    clamp: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal('joint'),
    prototypes: prototypesSchema,
    weights: z
      .strictObject({ classification: z.number().min(0), regression: z.number().min(0) })
      .describe('How much each task counts. The paper: w and 1 - w.'),
    layout: z.enum(['separate', 'shared']).default('separate').describe('The paper: separate.'),
    clamp: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('softmax-classifier') }),
  z.strictObject({
    kind: z.literal('cosine-classifier'),
    prototypes: prototypesSchema,
    learned: z.boolean().default(false).describe('Whether the class vectors are trained with the network.'),
    loss: z.enum(['cosine-softmax', 'cosface', 'arcface']).default('cosine-softmax'),
    scale: z
      .number()
      .positive()
      .optional()
      .describe('What cosines are multiplied by. The paper, Table 4: 1. Default: 16; 64 with a margin.'),
    margin: z.number().min(0).optional(),
  }),
  z
    .strictObject({
      kind: z.literal('simplex-logit-classifier'),
      scale: z.number().positive().default(1).describe('Called rho by Kasarla et al. 2022: 0.1 for ResNets.'),
    })
    .describe('Softmax over inner products with the vertices of a simplex (Kasarla et al. 2022).'),
  z.strictObject({
    kind: z.literal('nearest-mean-classifier'),
    prototypes: prototypesSchema.describe('Where the means begin.'),
    decay: z.number().min(0).lt(1).default(0.9).describe('How much of a mean stays at each step.'),
    update: z
      .enum(['step', 'epoch'])
      .default('step')
      .describe(
        'Whether means move with every batch (decayed, online), or are those of the whole epoch (condensed).',
      ),
  }),
  z
    .strictObject({
      kind: z.literal('contrastive-classifier'),
      dimensions: z.int().min(2).default(128).describe('Of the output space. Khosla et al. 2020: 128.'),
      temperature: z.number().positive().default(0.1),
    })
    .describe(
      'Supervised contrastive learning (Khosla et al. 2020); predicts by the nearest mean of the training outputs.',
    ),
  z.strictObject({
    kind: z.literal('ordinal-classifier'),
    distance: z.enum(['absolute', 'squared', 'squared-log']).default('absolute'),
    decoding: z.enum(['argmax', 'expectation']).default('argmax'),
  }),
  z.strictObject({
    kind: z.literal('linear-regressor'),
    standardise: z
      .boolean()
      .default(false)
      .describe('Whether targets are centred and scaled by the training values. The paper: false.'),
  }),
  z
    .strictObject({
      kind: z.literal('multi-task'),
      weights: z.strictObject({ classification: z.number().min(0), regression: z.number().min(0) }),
      standardise: z.boolean().default(false),
    })
    .describe("The paper's baseline for joint tasks: softmax cross entropy and squared error, weighted."),
]);

/** A validated head. */
export type HeadChoice = z.output<typeof headSchema>;
