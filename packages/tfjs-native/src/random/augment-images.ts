import {
  add,
  cast,
  floor,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  pad,
  range,
  reshape,
  scalar,
  sub,
  tidy,
  unstack,
  where,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs';
import { nativeBackend } from '../engine/registered-backend.js';
import type { RandomKey } from './draw-stateless.js';
import { statelessRandomNormal } from './stateless-random-normal.js';
import { statelessRandomUniform } from './stateless-random-uniform.js';

/** What `augmentImages` changes, in this order; all of it is off by default. */
export interface AugmentOptions extends RandomKey {
  /**
   * Surrounds each image by this many pixels of 0, then cuts a window of the image's own size from a random place (He et
   * al. 2016, section 4.2, who pad by 4). Default 0: no crop.
   */
  readonly padAndCrop?: number;
  /** Mirrors half of the images left to right. Default false. */
  readonly horizontalFlip?: boolean;
  /**
   * Makes a square of this side 0, around a random pixel of each image; what reaches over the border is lost (DeVries and
   * Taylor 2017, who take 16 for CIFAR-10 and 8 for CIFAR-100). Default 0: no square.
   */
  readonly cutout?: number;
  /** Standard deviation of normally distributed noise that is added to every number. Default 0: none. */
  readonly noise?: number;
}

/** Another stream of bits than that of the seed itself. */
const noiseStream = 0x5bd1e995;

/**
 * Random changes to a batch of training images `[batch, height, width, channels]`, each image's own, that depend on `seed`
 * and `step` alone. All of it is TensorFlow's work, so that it can be part of a compiled step, and gives the same bits there.
 * Where 0 should be the mean colour, normalise the images before. No gradient goes through to the images.
 *
 * @throws TypeError when the images are no float32 tensor of rank 4
 * @throws RangeError when an option is out of range
 * @example
 * const step = compile((images: Tensor4D, labels: Tensor1D, number: Scalar) => {
 *   const seen = augmentImages(images, { seed: 1, step: number, padAndCrop: 4, horizontalFlip: true });
 *   ...
 * });
 */
export function augmentImages(images: Tensor4D, options: AugmentOptions): Tensor4D {
  const { seed, step, padAndCrop = 0, horizontalFlip = false, cutout = 0, noise = 0 } = options;
  check(images, options);
  return tidy(() => {
    const [batch] = images.shape;
    const draws = statelessRandomUniform<Rank.R2>([batch, 5], { seed, step });
    const [row, column, mirror, centreRow, centreColumn] = unstack(draws, 1).map((draw) =>
      reshape(draw, [batch, 1, 1]),
    ) as [Tensor, Tensor, Tensor, Tensor, Tensor];
    let changed: Tensor4D = images;
    if (padAndCrop > 0 || horizontalFlip) {
      changed = moved(images, {
        padding: padAndCrop,
        row: upTo(row, 2 * padAndCrop + 1),
        column: upTo(column, 2 * padAndCrop + 1),
        isMirrored: horizontalFlip ? less(mirror, 0.5) : undefined,
      });
    }
    if (cutout > 0) changed = withHole(changed, cutout, centreRow, centreColumn);
    if (noise === 0) return changed === images ? images.clone() : changed;
    const random = { seed: seed ^ noiseStream, step, standardDeviation: noise };
    return add<Tensor4D>(changed, statelessRandomNormal<Rank.R4>(images.shape, random));
  });
}

/** Whole numbers in [0, limit) from numbers in [0, 1). */
function upTo(draws: Tensor, limit: number): Tensor {
  return cast(floor(mul(draws, limit)), 'int32');
}

const whole = (value: number): Tensor => scalar(value, 'int32');

/** 0, 1, ... along one axis of three. */
const along = (axis: number, size: number): Tensor =>
  reshape(
    range(0, size, 1, 'int32'),
    [1, 1, 1].map((one, index) => (index === axis ? size : one)),
  );

/** Which pixel of the padded batch is seen at each place: one gathering instead of a crop for each image. */
function moved(
  images: Tensor4D,
  {
    padding,
    row,
    column,
    isMirrored,
  }: {
    readonly padding: number;
    readonly row: Tensor;
    readonly column: Tensor;
    readonly isMirrored: Tensor | undefined;
  },
): Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const margin: [number, number] = [padding, padding];
  const padded = padding === 0 ? images : pad(images, [[0, 0], margin, margin, [0, 0]]);
  const [, paddedHeight, paddedWidth] = padded.shape;
  const columns = along(2, width);
  const seen =
    isMirrored === undefined ? columns : where(isMirrored, sub(whole(width - 1), columns), columns);
  const rows = add(add(mul(along(0, batch), whole(paddedHeight)), along(1, height)), row);
  const places = add(add(mul(rows, whole(paddedWidth)), seen), column);
  const { binding } = nativeBackend();
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  // tf.gather would read the places on the host, to check them.
  const pixels = nativeBackend().executeSingleOutput(
    'GatherV2',
    [
      type('Tparams', binding.TF_FLOAT),
      type('Tindices', binding.TF_INT32),
      type('Taxis', binding.TF_INT32),
      { name: 'batch_dims', type: binding.TF_ATTR_INT, value: 0 },
    ],
    [reshape(padded, [-1, channels]), reshape(places, [-1]), whole(0)],
  );
  return reshape<Rank.R4>(pixels, images.shape);
}

function withHole(images: Tensor4D, side: number, centreRow: Tensor, centreColumn: Tensor): Tensor4D {
  const [batch, height, width] = images.shape;
  const within = (places: Tensor, centre: Tensor, size: number): Tensor => {
    const start = sub(upTo(centre, size), whole(Math.floor(side / 2)));
    return logicalAnd(greaterEqual(places, start), less(places, add(start, whole(side))));
  };
  const isHole = logicalAnd(
    within(along(1, height), centreRow, height),
    within(along(2, width), centreColumn, width),
  );
  const kept = reshape(sub(1, cast(isHole, 'float32')), [batch, height, width, 1]);
  return mul<Tensor4D>(images, kept);
}

function check(images: Tensor4D, options: AugmentOptions): void {
  const { shape, dtype } = images as { shape: readonly number[]; dtype: string };
  if (shape.length !== 4) {
    throw new TypeError(
      `images have shape [${shape.join()}]; they must be [batch, height, width, channels].`,
    );
  }
  if (dtype !== 'float32') throw new TypeError(`images are ${dtype}; they must be float32.`);
  const [, height = 0, width = 0] = shape;
  const limits = { padAndCrop: Math.min(height, width) - 1, cutout: Math.max(height, width) };
  for (const [name, most] of Object.entries(limits)) {
    const value = options[name as keyof typeof limits] ?? 0;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw new RangeError(
        `${name} is ${value}; it must be a whole number of pixels from 0 to ${most} for images of ${height} x ${width}.`,
      );
    }
  }
  const { noise = 0 } = options;
  if (!(noise >= 0 && noise < Infinity)) throw new RangeError(`noise is ${noise}; it must be at least 0.`);
}
