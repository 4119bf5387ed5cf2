import { z } from 'zod';
import { imageContradiction, imageReadingSchema, normaliseSchema } from './image-reading.js';

/** What `model.json` holds: with the weights in `model.safetensors`, all that prediction needs. */
export const modelDescriptionSchema = z
  .strictObject({
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
    imageShape: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
    /** How image files are read; absent in models of earlier versions. */
    images: imageReadingSchema.optional(),
    /** Subtracted from and divided into each channel of images in 0 to 1. */
    normalise: normaliseSchema,
    classNames: z.array(z.string()).optional(),
    valueName: z.string().optional(),
    valueUnit: z.string().optional(),
  })
  .superRefine((description, context) => {
    const message = imageContradiction(description);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** A trained model without its weights. */
export type ModelDescription = z.output<typeof modelDescriptionSchema>;
