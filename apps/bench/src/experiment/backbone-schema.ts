import { z } from 'zod';

const positiveInteger = z.int().min(1);
const stem = z.enum(['7x7', '3x3']).default('7x7').describe('7x7 for 224 pixels, 3x3 for 64 and 32.');

/** A network of @hyperspherical/backbones. */
export const backboneSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cifar-resnet'),
    depth: z
      .int()
      .refine((depth) => depth >= 8 && (depth - 2) % 6 === 0, 'must be 6n + 2: 8, 14, 20, 26, 32, ...')
      .describe('Number of weighted layers, 6n + 2. The paper: 32.'),
    width: positiveInteger.default(16).describe('Channels of the first stage. The paper: 16.'),
    shortcut: z
      .enum(['convolution', 'projection', 'padding'])
      .default('convolution')
      .describe('How stages are joined. The paper: convolution (3x3).'),
  }),
  z.strictObject({
    kind: z.literal('resnet'),
    depth: z.union([z.literal(18), z.literal(34)]).describe('The paper for OmniArt: 34.'),
    stem,
  }),
  z.strictObject({
    kind: z.literal('densenet'),
    depth: z.union([z.literal(121), z.literal(169), z.literal(201)]).describe('The paper, Table 7: 121.'),
    stem,
  }),
  z
    .strictObject({
      kind: z.literal('convnet'),
      channels: z.tuple([positiveInteger, positiveInteger]).default([32, 64]),
      hidden: positiveInteger.default(128),
    })
    .describe("The paper's network for rotated MNIST: two convolutions, two linear layers."),
  z.strictObject({ kind: z.literal('mlp'), hidden: z.array(positiveInteger).default([128]) }),
]);
