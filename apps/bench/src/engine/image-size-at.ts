import type { Extent } from '@hyperspherical/datasets';
import type { Training } from '../experiment/training-schema.js';

/**
 * Height and width that an epoch's images are brought to; undefined where they stay as they are.
 *
 * @param epoch - From 1.
 *
 * @example
 * imageSizeAt({ progressiveResizing: [{ untilEpoch: 5, size: 16 }] }, 5); // [16, 16]
 */
export function imageSizeAt(
  { progressiveResizing = [] }: Pick<Training, 'progressiveResizing'>,
  epoch: number,
): Extent | undefined {
  const part = progressiveResizing.find(({ untilEpoch }) => epoch <= untilEpoch);
  return part && [part.size, part.size];
}
