import { type Dataset, imageBytes } from './dataset.js';
import { withValues } from './with-values.js';

/**
 * The same images with their brightness as the value: the mean of all channels of all pixels, from 0 (black) to 1 (white). An average that
 * a linear layer can take, so that a regression on it shows whether training works at all. Labels stay.
 *
 * @example
 * withBrightness(cifar10).values; // [0.38, 0.52, ...]
 */
export function withBrightness(dataset: Dataset): Dataset {
  const bytes = imageBytes(dataset.imageShape);
  const brightness = (index: number): number => {
    let sum = 0;
    for (let at = index * bytes; at < (index + 1) * bytes; at += 1) sum += dataset.images[at]!;
    return sum / bytes / 255;
  };
  return withValues(dataset, brightness, {
    valueName: 'brightness',
    valueUnit: 'of the full range',
    valueBounds: [0, 1],
  });
}
