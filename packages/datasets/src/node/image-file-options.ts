import type { ImageFit } from './image-decoder.js';

/** What can be chosen for datasets of image files; the others refuse these options. */
export interface ImageFileOptions {
  /**
   * Height and width that every image is brought to, or one number for both. Default: the card's size; without one, all images must have the size of
   * the first. Tiny ImageNet's images must be 64 x 64 unless this says otherwise.
   */
  readonly imageSize?: number | readonly [height: number, width: number];
  /**
   * How an image with another ratio of sides is fitted: `cover` scales it until both sides are covered and cuts the middle out (as `Resize` and `CenterCrop` of torchvision do), `contain` surrounds it
   * with black, `fill` stretches it. Default `cover`.
   */
  readonly fit?: ImageFit;
  /** 3 for red, green and blue, or 1 for gray, as Pillow weights it. Transparency is dropped, the colors under it stay. Default 3. */
  readonly channels?: 1 | 3;
  /** The number of threads that decode. Default: one a core, up to `UV_THREADPOOL_SIZE` (4 unless that variable is set), which is what sharp can use. */
  readonly workers?: number;
  /** `image-csv`: the column that has the values, for regression. */
  readonly values?: string;
  /** The bounds of the values; a value outside is refused. Default: OmniArt 1000 to 1932; `image-csv`: the lowest and the highest that there are. */
  readonly valueBounds?: readonly [lowest: number, highest: number];
  /** `image-csv`: the column that has the images' paths. Default: the first of image, path, file, filename, file_name, name, id. */
  readonly images?: string;
  /** `image-csv` and OmniArt: the classes in their order. Default: those of the training split, sorted. */
  readonly classNames?: readonly string[];
  /** `image-csv` and OmniArt: leaves rows out that lack an image, a label or a value, or have others than they may. Default false: they are refused. */
  readonly skipIncomplete?: boolean;
}

const names = [
  'imageSize',
  'fit',
  'channels',
  'workers',
  'values',
  'valueBounds',
  'images',
  'classNames',
  'skipIncomplete',
] as const satisfies readonly (keyof ImageFileOptions)[];

/** Refuses options of image files for a dataset that does not consist of these. */
export function refuseImageFileOptions(options: ImageFileOptions, title: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    throw new RangeError(`the option ${given} is for datasets of image files; ${title} is none.`);
  }
}

/** Refuses sizes, fits, channels and bounds that cannot be. */
export function checkImageFileOptions({ imageSize, fit, channels, valueBounds }: ImageFileOptions): void {
  const sides = typeof imageSize === 'number' ? [imageSize] : (imageSize ?? []);
  if (sides.some((side) => !Number.isInteger(side) || side < 1 || side > 4096)) {
    throw new RangeError(
      `imageSize is ${sides.join(' x ')}; it must be a whole number of pixels from 1 to 4096, or two.`,
    );
  }
  if (fit !== undefined && !['cover', 'contain', 'fill'].includes(fit)) {
    throw new RangeError(`fit is "${fit}"; it must be cover, contain or fill.`);
  }
  if (channels !== undefined && ![1, 3].includes(channels)) {
    throw new RangeError(`channels is ${channels}; it must be 1 or 3.`);
  }
  if (valueBounds && !(valueBounds[0] < valueBounds[1])) {
    throw new RangeError(`valueBounds are [${valueBounds.join()}]; the first must be below the second.`);
  }
}
