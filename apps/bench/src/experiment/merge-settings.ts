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
  const merged = new Map(Object.entries(base));
  for (const [key, change] of Object.entries(changes)) {
    const before = merged.get(key);
    if (change === null) merged.delete(key);
    else if (isSettings(before) && isSettings(change) && isSameVariant(before, change))
      merged.set(key, mergeSettings(before, change));
    else merged.set(key, isSettings(change) ? mergeSettings({}, change) : change);
  }
  return Object.fromEntries(merged);
}

function isSameVariant(before: Settings, change: Settings): boolean {
  return variantKeys.every((key) => !Object.hasOwn(change, key) || change[key] === before[key]);
}
