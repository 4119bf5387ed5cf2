import { z } from 'zod';

/**
 * How image files become the pixels that a network was trained on, for whoever has to do the same: `images` in `model.json` and in the exported `head.json`.
 */
export const imageReadingSchema = z.strictObject({
  /** Pixels, `[height, width]`. */
  size: z.tuple([z.int().min(1), z.int().min(1)]),
  /** Scaled until both sides are covered; the middle is cut out. */
  fit: z.literal('cover'),
  /** Of the resize: linear, as wide as the reduction (`BILINEAR` of Pillow, `antialias=True` of torchvision). */
  kernel: z.literal('triangle'),
  /** EXIF orientations 1 to 8 are obeyed: images are turned upright before the resize. */
  orientation: z.literal('exif'),
  /** Transparency is dropped before the resize; the colors under it stay, as in Pillow's `convert('RGB')`. */
  alpha: z.literal('drop'),
  /** Color profiles are not applied. */
  profile: z.literal('ignore'),
  /** `rgb`, or `gray`: 0.299 red + 0.587 green + 0.114 blue of the resized bytes, rounded. */
  color: z.enum(['rgb', 'gray']),
  /** `circle`: all but the largest circle is black, as in training on turned images; see `circleMask` of @hyperspherical/datasets. */
  mask: z.enum(['none', 'circle']),
  /** Of animations. */
  frame: z.literal('first'),
  /** What a byte is divided by before `normalise`. */
  range: z.literal(255),
});

/** How image files become pixels. */
export type ImageReading = z.output<typeof imageReadingSchema>;

/** How this version reads image files for a network that takes `[height, width, channels]`. */
export function imageReadingOf(
  [height, width, channels]: readonly [number, number, number],
  mask: ImageReading['mask'] = 'none',
): ImageReading {
  return {
    size: [height, width],
    fit: 'cover',
    kernel: 'triangle',
    orientation: 'exif',
    alpha: 'drop',
    profile: 'ignore',
    color: channels === 1 ? 'gray' : 'rgb',
    mask,
    frame: 'first',
    range: 255,
  };
}

/** What each channel of images in 0 to 1 is normalized by: both lists have one number per channel. */
export const normaliseSchema = z.strictObject({
  mean: z.array(z.number()),
  standardDeviation: z.array(z.number().positive()),
});

/** Why a description of images contradicts itself; undefined when it does not. */
export function imageContradiction({
  imageShape,
  normalise,
  images,
}: {
  readonly imageShape: readonly [number, number, number];
  readonly normalise: z.output<typeof normaliseSchema>;
  readonly images?: ImageReading | undefined;
}): string | undefined {
  const [height, width, channels] = imageShape;
  const { mean, standardDeviation } = normalise;
  if (mean.length !== channels || standardDeviation.length !== channels) {
    return `normalise has ${mean.length} means and ${standardDeviation.length} deviations, and imageShape has ${channels} channels`;
  }
  if (!images) return undefined;
  if (images.size[0] !== height || images.size[1] !== width) {
    return `images.size is ${images.size.join(' x ')}, and imageShape is ${imageShape.join(' x ')}`;
  }
  const { color } = imageReadingOf(imageShape);
  return images.color === color
    ? undefined
    : `images.color is ${images.color}, and imageShape has ${channels} channels`;
}
