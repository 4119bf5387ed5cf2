import { z } from 'zod';

const positiveInteger = z.int().min(1);

const selection = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('linear'),
      from: positiveInteger.default(2).describe('Images of the first class. The paper: 2.'),
      to: positiveInteger.default(200).describe('Images of the last class. The paper: 200.'),
    })
    .describe('Images a class that grow on a line over the classes, in both splits (the paper, Table 4).'),
  z
    .strictObject({
      kind: z.literal('long-tail'),
      ratio: z
        .number()
        .gt(1)
        .default(100)
        .describe('How many times more training images the first class has than the last.'),
    })
    .describe('Training images a class that fall exponentially over the classes.'),
  z
    .strictObject({ kind: z.literal('per-class'), images: positiveInteger })
    .describe('The same few training images of every class.'),
]);

const targets = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('rotation'),
      from: z.number().default(0).describe('Degrees.'),
      to: z.number().default(180).describe('Degrees. The paper: 0 to 180.'),
      mask: z
        .boolean()
        .default(true)
        .describe(
          'Whether all but the inscribed disc is blacked out, so that corners do not tell the angle.',
        ),
    })
    .describe('Every image is turned by an angle of its own, which is its value; labels stay.'),
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
      'imagenet-200',
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
  values: z
    .string()
    .optional()
    .describe('Which column holds the values, where a dataset has several: creation_year for OmniArt.'),
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
  limitImages: positiveInteger.optional().describe('Use only the first so many images of each split.'),
});
