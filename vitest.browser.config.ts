import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const conditions = ['@hyperspherical/source'];
const packages = ['prototypes', 'losses', 'heads', 'backbones', 'word-embeddings', 'datasets'];

/** A test stays in Node when it needs what only Node has: its modules, `/node` entries, the native engine, `Buffer`. */
const onlyNode =
  /from '(?:node:|@hyperspherical\/tfjs-native|[^']*\/node[/.])|\bBuffer[.(]|Backend\('tensorflow'\)/;

/** Networks of up to 22 million numbers, whose counts and shapes are the same everywhere: a minute in a page. */
const tooLarge = 'packages/backbones/src/networks/large-networks.test.ts';

/** Lengths from 1e-20 to 1e20: WebGL flushes what is small, and WebAssembly has no gradient of `gather`. */
const tooWide = 'packages/losses/src/whole-range.test.ts';

const tests = packages
  .flatMap((name) =>
    // Not `examples/`, which are programs for Node.
    ['src', 'test']
      .map((folder) => `packages/${name}/${folder}`)
      .filter((one) => existsSync(join(root, one))),
  )
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter(
    (path) => path.endsWith('.test.ts') && !path.includes('/node/') && path !== tooLarge && path !== tooWide,
  )
  .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))
  .filter(({ source }) => !onlyNode.test(source));
const pathsOf = (onEachBackend: boolean) =>
  tests.filter(({ source }) => source.includes('forEachBackend(') === onEachBackend).map(({ path }) => path);

/** The tests of the packages, as they are, in Chromium: those that do not name backends once, the others on each backend of tfjs that a browser has. */
export default defineConfig({
  resolve: { conditions },
  plugins: [
    {
      name: 'backends-of-a-browser',
      enforce: 'pre',
      resolveId: (source) =>
        source.endsWith('/test/backends.js')
          ? join(root, 'tools/testing/src/browser-backends.ts')
          : undefined,
    },
  ],
  test: {
    // What Vite looks through for dependencies before it starts: one that it meets later makes it load the page again, amid the tests.
    include: tests.map(({ path }) => path),
    setupFiles: ['tools/testing/src/vitest-setup.ts'],
    testTimeout: 120_000,
    // A page a backend, in which WebGL compiles each of its programs once.
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
          args: [
            '--no-sandbox',
            // WebGL without a graphics card.
            '--use-angle=swiftshader',
            '--enable-unsafe-swiftshader',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [
        { browser: 'chromium', name: 'once', include: pathsOf(false), provide: { backend: 'cpu' } },
        ...['cpu', 'wasm', 'webgl'].map((backend) => ({
          browser: 'chromium' as const,
          name: backend,
          include: pathsOf(true),
          provide: { backend },
        })),
      ],
    },
  },
});
