import type { Backbone } from '@hyperspherical/backbones';

/**
 * Where a network went wrong, in words: the first layer with a weight that is no finite number, or else the layer with the largest one.
 *
 * @param backbone - With the weights from before the loss was not finite.
 */
export function findDivergence(backbone: Backbone): string {
  let largest = { name: '', size: 0 };
  for (const { name, values } of backbone.weights()) {
    for (const value of values) {
      if (!Number.isFinite(value)) return `${name} already held ${value} before that`;
      if (Math.abs(value) > largest.size) largest = { name, size: Math.abs(value) };
    }
  }
  return `the largest weight before that was ${largest.size.toPrecision(2)}, in ${largest.name}`;
}
