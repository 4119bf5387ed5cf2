import { defineConfig } from 'vitest/config';

const conditions = ['@hyperspherical/source'];

export default defineConfig({
  // Packages resolve to their `src/`, so that a test never waits for a build.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,apps,tools}/*/{src,test,examples}/**/*.test.ts'],
    // Environment variables written in a worker thread do not reach native code.
    pool: 'forks',
    // TensorFlow starts a thread pool in each process.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['tools/testing/src/vitest-setup.ts'],
    env: { TF_CPP_MIN_LOG_LEVEL: '1' },
  },
});
