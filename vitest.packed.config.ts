import { defineConfig } from 'vitest/config';

/** The tests of what is published; they need `pnpm build` first. */
export default defineConfig({
  test: { include: ['tools/testing/packed/*.packed-test.ts'], testTimeout: 120_000 },
});
