import { fileURLToPath } from 'node:url';

/**
 * Bundles the watch page's modules from source into one, with what they import. Only a checkout can: what is published holds the
 * bundle, at `dist/watch/page.js`.
 */
export async function bundlePage(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page/page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@hyperspherical/source'],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}
