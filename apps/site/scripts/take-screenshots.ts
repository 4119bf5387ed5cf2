import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { smallScreenshot } from '../../playground/scripts/small-screenshot.js';
import { openBrowser } from '../../playground/test/open-browser.js';

/** Pictures of the built site, for its manual: `pnpm build:site` first. A page that is wider than a phone's window is an error. */
const site = new URL('../dist/', import.meta.url);
const folder = new URL('../docs/', import.meta.url);
const pages = { front: 'index.html', heads: 'modules/_hyperspherical_heads.html' };
const sizes = { desktop: { width: 1180, height: 760 }, phone: { width: 360, height: 640 } };
/** Those that the manual shows. */
const kept = ['front-desktop-light', 'heads-desktop-dark', 'front-phone-dark', 'heads-phone-light'];

mkdirSync(folder, { recursive: true });
const browser = await openBrowser({ webgl: false });
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of Object.entries(sizes)) {
    const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(new URL(path, site).href);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > viewport.width) throw new Error(`${path} is ${width} pixels wide at ${viewport.width}.`);
      const picture = `${name}-${device}-${colorScheme}`;
      if (!kept.includes(picture)) continue;
      await page.waitForTimeout(500);
      const png = await smallScreenshot(page, { isPhone: device === 'phone' });
      writeFileSync(fileURLToPath(new URL(`${picture}.png`, folder)), png);
    }
    await context.close();
  }
}
await browser.close();
