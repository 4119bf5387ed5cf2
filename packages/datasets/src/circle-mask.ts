/**
 * The largest circle of whole pixels in an image, which `rotatedDataset` keeps: the pixels whose middles are as near to the center as those at the ends of the shorter axis.
 *
 * @param size - `[height, width]`, whole numbers.
 * @returns `[height * width]`: 1 inside, 0 outside.
 *
 * @example
 * circleMask([3, 3]); // 0 1 0, 1 1 1, 0 1 0
 */
export function circleMask([height, width]: readonly [height: number, width: number]): Uint8Array {
  const radius = (Math.min(height, width) - 1) / 2;
  return Uint8Array.from({ length: height * width }, (_, pixel) => {
    const dy = Math.floor(pixel / width) - (height - 1) / 2;
    const dx = (pixel % width) - (width - 1) / 2;
    return dy * dy + dx * dx <= radius * radius ? 1 : 0;
  });
}
