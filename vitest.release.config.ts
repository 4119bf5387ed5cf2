import { defineConfig } from 'vitest/config';

/** The rehearsal of a release; it needs `pnpm build` and `tfjs-native setup` first. */
export default defineConfig({
  test: {
    include: ['tools/release/rehearsal/*.rehearsal-test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Each test goes on where the one before stopped.
    sequence: { shuffle: false, concurrent: false },
    bail: 1,
  },
});
