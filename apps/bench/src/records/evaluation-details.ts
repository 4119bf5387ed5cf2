import { z } from 'zod';

/** Reports and pages draw everything that is here: more than that no run writes, and no picture shows. */
export const mostConfusedClasses = 2000;
const mostPoints = 20_000;

const point = z.tuple([z.number(), z.number(), z.number()]);

/** What `evaluation.json` holds: the last evaluation's details, replaced at every epoch's end. */
export const evaluationDetailsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  epoch: z.int().min(1),
  classNames: z.array(z.string()).optional(),
  /** Test images by true class (rows) and predicted class (columns); absent for more than 2000 classes. */
  confusion: z.array(z.array(z.int()).max(mostConfusedClasses)).max(mostConfusedClasses).optional(),
  /** Some test images' `[value, prediction]`, in the value's own unit. */
  predictions: z
    .array(z.tuple([z.number(), z.number()]))
    .max(mostPoints)
    .optional(),
  valueName: z.string().optional(),
  valueUnit: z.string().optional(),
  /** Unit outputs of some test images, and the prototypes, in three dimensions. */
  sphere: z
    .strictObject({
      /** `exact`: the outputs have 2 or 3 dimensions (the third is 0 for 2). `principal-axes`: their projection on three axes. */
      projection: z.enum(['exact', 'principal-axes']),
      outputs: z.array(point).max(mostPoints),
      /** Of each output: its class, or its value. */
      labels: z.array(z.int()).max(mostPoints).optional(),
      values: z.array(z.number()).max(mostPoints).optional(),
      prototypes: z.array(point).max(mostPoints),
    })
    .optional(),
});

/** The details of one evaluation, for pages and reports. */
export type EvaluationDetails = z.output<typeof evaluationDetailsSchema>;
