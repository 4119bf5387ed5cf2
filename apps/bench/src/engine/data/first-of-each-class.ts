import { subset } from '@hyperspherical/datasets';
import type { ImageSet } from './image-set.js';

/** The first so many images of each class, in the split's order. */
export function firstOfEachClass(images: ImageSet, count: number): ImageSet {
  const taken = new Map<number, number>();
  const indices = Array.from(images.labels ?? [], (label, index) => {
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return before < count ? index : -1;
  }).filter((index) => index >= 0);
  return subset(images, indices);
}
