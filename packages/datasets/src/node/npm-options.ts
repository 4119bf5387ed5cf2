import { dirname, resolve } from 'node:path';

/** What pacote needs to reach the registry as npm itself would: registry, proxies, certificates, tokens. */
export type NpmOptions = Readonly<Record<string, unknown>>;

/**
 * The user's npm configuration: `npm_config_*` in the environment, then `.npmrc` of the project (the current folder), of the user
 * and of the machine, as npm reads them.
 */
export async function npmOptions(): Promise<NpmOptions> {
  const [{ default: Config }, { default: options }] = await Promise.all([
    import('@npmcli/config'),
    import('@npmcli/config/lib/definitions/index.js'),
  ]);
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
