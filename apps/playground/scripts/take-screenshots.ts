import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../test/open-browser.js';
import { serveFolder } from '../test/serve-folder.js';
import { smallScreenshot } from './small-screenshot.js';

/** Pictures of the built page, for its manual: `pnpm build` first. Another folder than `docs` can be given, and gets all of them. */
const [, , given] = process.argv;
const folder = given ?? fileURLToPath(new URL('../docs/', import.meta.url));
/** Those that the manual shows. */
const kept = [
  'prototypes-desktop-light',
  'train-desktop-light',
  'train-desktop-dark',
  'poles-desktop-dark',
  'train-phone-light',
];
const sizes = { desktop: { width: 1180, height: 900 }, phone: { width: 360, height: 780 } };
mkdirSync(folder, { recursive: true });
const server = await serveFolder(fileURLToPath(new URL('../dist', import.meta.url)));
const browser = await openBrowser({ webgl: false });
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of Object.entries(sizes)) {
    const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 });
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    for (const part of ['prototypes', 'train', 'poles', 'model']) {
      await page.goto(`${server.url}#${part}`);
      const name = `${part}-${device}-${colorScheme}`;
      if (given === undefined && !kept.includes(name)) continue;
      if (part === 'prototypes') await page.getByText('At rest').waitFor();
      if (part === 'train' || part === 'poles') {
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await page.locator('section:visible').getByText('Done after').waitFor({ timeout: 240_000 });
      }
      await page.waitForTimeout(700);
      const png = await smallScreenshot(page, { isPhone: device === 'phone', fullPage: true });
      writeFileSync(join(folder, `${name}.png`), png);
    }
    await context.close();
  }
}
await browser.close();
await server.close();
