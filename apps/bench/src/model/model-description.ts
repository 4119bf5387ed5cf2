import { z } from 'zod';

/** What `model.json` holds: with the weights in `model.safetensors`, all that prediction needs. */
export const modelDescriptionSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string(),
  title: z.string(),
  task: z.enum(['classification', 'regression', 'joint']),
  /** What `createBackbone` takes. */
  backbone: z.looseObject({ kind: z.string(), outputDimensions: z.int() }),
  /** What the head's `toJSON` returned. */
  head: z.looseObject({ kind: z.string() }),
  dataset: z.string(),
  /** `[height, width, channels]`. */
  imageShape: z.tuple([z.int(), z.int(), z.int()]),
  /** Subtracted from and divided into each channel of images in 0 to 1. */
  normalise: z.strictObject({ mean: z.array(z.number()), standardDeviation: z.array(z.number()) }),
  classNames: z.array(z.string()).optional(),
  valueName: z.string().optional(),
  valueUnit: z.string().optional(),
});

/** A trained model without its weights. */
export type ModelDescription = z.output<typeof modelDescriptionSchema>;
