import type { Prototypes } from '@hyperspherical/prototypes';

/** The prototypes of old classes, then those of new ones. */
export function extendPrototypes(old: Prototypes, added: Prototypes): Prototypes {
  if (added.dimensions !== old.dimensions) {
    throw new RangeError(
      `new prototypes must have ${old.dimensions} dimensions like the old, and have ${added.dimensions}`,
    );
  }
  const values = new Float32Array(old.values.length + added.values.length);
  values.set(old.values);
  values.set(added.values, old.values.length);
  return { ...old, classes: old.classes + added.classes, values };
}
