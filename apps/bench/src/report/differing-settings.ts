/** Keys whose values say nothing of how a run was made. */
const names = new Set(['$schema', 'study', 'name', 'title', 'description', 'seed', 'reproduces', 'differs']);

/**
 * Where experiments differ: each differing setting's path, and its value in each as JSON (undefined where it is absent).
 *
 * @param configs - What their `config.json` files hold.
 *
 * @example
 * differingSettings([{ training: { epochs: 3 } }, { training: { epochs: 9 } }]); // Map { 'training.epochs' => ['3', '9'] }
 */
export function differingSettings(configs: readonly unknown[]): Map<string, (string | undefined)[]> {
  const flat = configs.map((config) => new Map(leaves(config)));
  const paths = new Set(flat.flatMap((settings) => [...settings.keys()]));
  const differing = new Map<string, (string | undefined)[]>();
  for (const path of paths) {
    const values = flat.map((settings) => settings.get(path));
    if (values.some((value) => value !== values[0])) differing.set(path, values);
  }
  return differing;
}

function* leaves(value: unknown, path: readonly string[] = []): Generator<[string, string]> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value))
      if (path.length > 0 || !names.has(key)) yield* leaves(inner, [...path, key]);
  } else {
    yield [path.join('.'), JSON.stringify(value)];
  }
}
