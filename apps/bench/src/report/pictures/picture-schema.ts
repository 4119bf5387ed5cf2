import { z } from 'zod';
import { experimentNameSchema } from '../../experiment/experiment-name-schema.js';

const shared = {
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  order: z.int().default(100).describe('Pictures are shown in this order, then by name.'),
  title: z.string().min(1),
  says: z
    .array(z.string())
    .default([])
    .describe('Names of the claims whose verdicts stand below the picture.'),
};

/** A picture of several experiments, as a strict JSON file. */
export const pictureSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...shared,
    kind: z.literal('curves').describe('A metric after the last epoch over a number that experiments vary.'),
    metric: z.string(),
    axis: z.strictObject({
      label: z.string().min(1),
      scale: z.enum(['linear', 'log']).default('linear'),
    }),
    values: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe("The metric's scale: `log` where the worst values would hide the others."),
    series: z
      .array(
        z.strictObject({
          label: z.string().min(1),
          points: z.array(z.strictObject({ at: z.number(), experiment: experimentNameSchema })).min(1),
        }),
      )
      .min(1)
      .max(6),
    published: z.boolean().default(false).describe("Whether the paper's values are drawn too."),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('differences').describe('Differences that claims are judged by, with their intervals.'),
    claims: z.array(z.string()).min(1).describe('Names of claims; all of one metric.'),
  }),
]);

/** A validated picture, with every default filled in. */
export type Picture = z.output<typeof pictureSchema>;

/** A picture of curves. */
export type CurvesPicture = Extract<Picture, { kind: 'curves' }>;
