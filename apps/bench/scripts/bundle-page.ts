/** Writes the watch page's modules as one file into `dist/`, as `pnpm build` does after the compiler. */
import { writeFileSync } from 'node:fs';
import { bundlePage } from '../src/watch/bundle-page.js';

writeFileSync(new URL('../dist/watch/page.js', import.meta.url), await bundlePage());
