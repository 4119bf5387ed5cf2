/** A JSON object. */
export type Settings = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: no array, no null. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys that say which variant an object is: other keys mean nothing beside another variant. */
const variantKeys = ['kind', 'method'];

/**
 * `base` with the keys of `changes` in place of its own, objects merged key by key; arrays are replaced whole, and so is an object whose
 * `kind` or `method` becomes another one. `null` removes a key.
 *
 * @example
 * mergeSettings({ head: { kind: 'joint', clamp: true }, seed: 1 }, { head: { kind: 'softmax-classifier' } });
 * // { head: { kind: 'softmax-classifier' }, seed: 1 }
 */
export function mergeSettings(base: Settings, changes: Settings): Settings {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (change === null) delete merged[key];
    else if (isSettings(before) && isSettings(change) && isSameVariant(before, change)) {
      merged[key] = mergeSettings(before, change);
    } else
      Object.defineProperty(merged, key, {
        value: change,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return merged;
}

function isSameVariant(before: Settings, change: Settings): boolean {
  return variantKeys.every((key) => !Object.hasOwn(change, key) || change[key] === before[key]);
}
