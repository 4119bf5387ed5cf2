import { z } from 'zod';
import { experimentNameSchema } from '../../experiment/experiment-name-schema.js';

const side = z.union([
  experimentNameSchema,
  z.strictObject({
    spreadOver: z
      .array(experimentNameSchema)
      .min(2)
      .describe('The largest value less the smallest, over these experiments, seed by seed.'),
  }),
]);

/** A sentence that runs can show or contradict, as a strict JSON file. */
export const claimSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  sentence: z.string().min(1).describe('What is claimed, in one sentence.'),
  short: z.string().optional().describe('What pictures call it: `optimal prototypes against the paper’s`.'),
  source: z
    .string()
    .optional()
    .describe('Where it is claimed: `Mettes et al. 2019, Table 1`. Absent where it is our own.'),
  order: z.int().default(100).describe('Claims are told in this order, then by name.'),
  metric: z.string().describe("A key of an epoch's `metrics`, after the last epoch."),
  cells: z
    .array(
      z.strictObject({
        label: z.string().min(1).describe('`10 dimensions`.'),
        better: side.describe('What is claimed to be the better one.'),
        than: side,
        published: z
          .string()
          .optional()
          .describe(
            'Part of the name of the published cell, where an experiment stands beside several: `S2`.',
          ),
      }),
    )
    .min(1),
  holds: z
    .enum(['in every cell', 'on average'])
    .default('in every cell')
    .describe('Whether each cell has to show it, or the mean over them.'),
  margin: z
    .number()
    .min(0)
    .default(0)
    .describe("How much worse, in the metric's own scale, `better` may be: for claims that nothing is lost."),
  spread: z
    .enum(['pooled', 'own'])
    .default('pooled')
    .describe('Whether the spread between seeds is taken as the same in every cell.'),
});

/** A validated claim, with every default filled in. */
export type Claim = z.output<typeof claimSchema>;

/** One side of a claim's cell. */
export type ClaimSide = z.output<typeof side>;
