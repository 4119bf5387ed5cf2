import { z } from 'zod';

const positiveInteger = z.int().min(1);

const seed = z.int().min(0).default(0).describe('The same for all seeds of the run: they share their data.');

const selection = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('linear'),
      from: positiveInteger.default(2).describe('Images of the first class. The paper: 2.'),
      to: positiveInteger.default(200).describe('Images of the last class. The paper: 200.'),
      seed,
    })
    .describe(
      'Images a class that grow on a line over the classes, in both splits, as far as a split has so many (the paper, Table 4).',
    ),
  z
    .strictObject({
      kind: z.literal('long-tail'),
      ratio: z
        .number()
        .min(1)
        .default(100)
        .describe('How many times as many training images the first class has as the last.'),
      seed,
    })
    .describe('Training images a class that fall exponentially over the classes (Cui et al. 2019).'),
  z
    .strictObject({ kind: z.literal('per-class'), images: positiveInteger, seed })
    .describe('The same few training images of every class.'),
]);

const range = (lowest: number, highest: number) =>
  z.tuple([z.number(), z.number()]).default([lowest, highest]);

const targets = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('rotation'),
      range: range(0, 180).describe('Degrees. The paper: 0 to 180.'),
      mask: z
        .enum(['circle', 'none'])
        .default('circle')
        .describe('Whether all but the inscribed circle is black, so that corners do not tell the angle.'),
      seed,
    })
    .describe('Every image is turned by an angle of its own, which is its value; labels stay.'),
  z.strictObject({ kind: z.literal('blur'), range: range(0, 3).describe('Pixels.'), seed }),
  z.strictObject({
    kind: z.literal('noise'),
    range: range(0, 0.25).describe('Standard deviation, as a share of the full range.'),
    seed,
  }),
  z.strictObject({ kind: z.literal('brightness') }),
]);

/** Which images, labels and values a run learns from. */
export const datasetSchema = z.strictObject({
  kind: z
    .enum([
      'cifar10',
      'cifar100',
      'mnist',
      'fashion-mnist',
      'rotated-mnist',
      'tiny-imagenet',
      'cub-200-2011',
      'omniart',
      'image-folder',
      'image-csv',
    ])
    .describe('A dataset of @hyperspherical/datasets.'),
  labels: z
    .string()
    .optional()
    .describe(
      'The kind of labels, where a dataset has several: coarse for the 20 superclasses of CIFAR-100.',
    ),
  values: z.string().optional().describe('image-csv: the column that holds the values.'),
  holdOut: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('The share of the images to test on, where a folder of images has no splits of its own.'),
  skipIncomplete: z
    .boolean()
    .default(false)
    .describe('image-csv and OmniArt: leaves out rows without an image, a label or a value.'),
  imageSize: z
    .tuple([positiveInteger, positiveInteger])
    .optional()
    .describe('Height and width that images of files are brought to.'),
  classes: z
    .array(z.int().min(0))
    .min(2)
    .optional()
    .describe('Use only these classes, numbered anew from 0 in this order.'),
  select: selection.optional(),
  targets: targets.optional(),
  ranks: z
    .int()
    .min(2)
    .optional()
    .describe(
      'Makes labels of the values: so many ranges of equal width, in order, for ordinal classifiers.',
    ),
  limitImages: positiveInteger.optional().describe('Use only the first so many images of each split.'),
});
