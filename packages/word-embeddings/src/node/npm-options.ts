import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

interface NpmConfig {
  load(): Promise<void>;
  readonly flat: Readonly<Record<string, unknown>>;
}

/**
 * What pacote needs to reach the registry as npm itself would (registry, proxies, certificates, tokens): `npm_config_*` in the environment,
 * then `.npmrc` of the current folder, of the user and of the machine.
 */
export async function npmOptions(): Promise<Readonly<Record<string, unknown>>> {
  // It is CommonJS and ships no types.
  const require = createRequire(import.meta.url);
  const Config = require('@npmcli/config') as new (options: object) => NpmConfig;
  const options = require('@npmcli/config/lib/definitions/index.js') as object;
  const config = new Config({
    ...options,
    npmPath: resolve(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm'),
    argv: [],
    // Loading writes npm's variables into its environment: into a copy, not into this process's.
    env: { ...process.env },
    warn: false,
  });
  await config.load();
  return config.flat;
}
