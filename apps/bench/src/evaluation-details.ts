import { z } from 'zod';

const point = z.tuple([z.number(), z.number(), z.number()]);

/** What `evaluation.json` holds: the last evaluation's details, replaced at every epoch's end. */
export const evaluationDetailsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  epoch: z.int().min(1),
  classNames: z.array(z.string()).optional(),
  /** Test images by true class (rows) and predicted class (columns). */
  confusion: z.array(z.array(z.int())).optional(),
  /** Some test images' `[value, prediction]`, in the value's own unit. */
  predictions: z.array(z.tuple([z.number(), z.number()])).optional(),
  valueName: z.string().optional(),
  valueUnit: z.string().optional(),
  /** Unit outputs of some test images, and the prototypes, in three dimensions. */
  sphere: z
    .strictObject({
      /** `exact`: the outputs have 2 or 3 dimensions (the third is 0 for 2). `principal-axes`: their projection on three axes. */
      projection: z.enum(['exact', 'principal-axes']),
      outputs: z.array(point),
      /** Of each output: its class, or its value. */
      labels: z.array(z.int()).optional(),
      values: z.array(z.number()).optional(),
      prototypes: z.array(point),
    })
    .optional(),
});

/** The details of one evaluation, for pages and reports. */
export type EvaluationDetails = z.output<typeof evaluationDetailsSchema>;
