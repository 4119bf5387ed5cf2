import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Expected, exportModel } from './exported-model.js';
import { chromiumPath, openBrowser } from './open-browser.js';
import { serveFolder } from './serve-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const all = ['head.json', 'weights.bin', 'model.json'];
const parts = ['prototypes', 'train', 'poles', 'model'] as const;
const here = existsSync(chromiumPath);
/** The colour of every pixel of the image that the loaded model is asked about. */
const color = [200, 40, 90];

let folder = '';
let expected: Expected;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
const problems: string[] = [];

/** Opens a part of the page; whatever goes wrong in it, and whatever it asks of another host, fails the test. */
async function open(part: string, options: BrowserContextOptions = {}, from = browser): Promise<Page> {
  const context = await from.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  watch(page);
  await page.goto(`${server.url}#${part}`);
  return page;
}

function watch(page: Page): void {
  page.on('pageerror', (error) => problems.push(error.message));
  page.context().on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(server.url))
      problems.push(`asked for ${request.url()}`);
  });
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const status = (page: Page): Locator => page.locator('section:visible [role=status]');
const fact = (page: Page, name: string): Locator =>
  page
    .locator('section:visible dl div')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd');

async function number(of: Locator): Promise<number> {
  return Number.parseFloat((await of.textContent()) ?? '');
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let wait = 0; wait < 400; wait += 1) {
    if (await reached()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('It did not happen within 40 seconds.');
}

describe('the playground, built and served below a path', () => {
  beforeEach(({ skip }) => {
    if (!here) skip('There is no Chromium here.');
  });

  beforeAll(async () => {
    if (!here) return;
    folder = mkdtempSync(join(tmpdir(), 'playground-'));
    execFileSync(
      process.execPath,
      ['--conditions=@hyperspherical/source', '--import', 'tsx', join(root, 'scripts/make-digits.ts')],
      { cwd: root, stdio: 'pipe' },
    );
    const environment = process.env.NODE_ENV;
    // As it is built for visitors.
    process.env.NODE_ENV = 'production';
    await build({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: join(folder, 'built') },
    });
    process.env.NODE_ENV = environment;
    expected = await exportModel(folder, color);
    server = await serveFolder(join(folder, 'built'));
    browser = await openBrowser({ webgl: false });
  });

  afterEach(async () => {
    if (!here) return;
    for (const context of browser.contexts()) await context.close();
    expect(problems.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    if (!here) return;
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('spreads prototypes, with the bound and the best of the package beside them', async () => {
    const page = await open('prototypes', { reducedMotion: 'no-preference' });
    const early = await number(fact(page, 'Largest cosine'));
    await status(page).getByText('At rest').waitFor();
    expect(await number(fact(page, 'Largest cosine'))).toBeLessThan(early);
    // 10 points on the sphere is a solved case.
    expect(await number(fact(page, 'Bound on the cosine'))).toBe(0.4044);
    await fact(page, 'Best that the package').getByText('0.4044').waitFor();
    await button(page, 'Show the best').click();
    expect(await number(fact(page, 'Largest cosine'))).toBe(0.4044);
    expect(await fact(page, 'Smallest angle').textContent()).toBe('66.1°');
  });

  it('is used by keyboard alone: tabs, sliders, the sphere, a training', async () => {
    const page = await open('prototypes');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('CANVAS');
    const picture = async (): Promise<string> =>
      page.locator('canvas:visible').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const before = await picture();
    await page.keyboard.press('ArrowRight');
    await until(async () => (await picture()) !== before);
    await page.keyboard.press('Home');
    await until(async () => (await picture()) === before);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    expect(await page.locator('canvas:visible').getAttribute('aria-label')).toContain('60 prototypes');
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    expect(await page.locator('.note:visible').textContent()).toContain(
      '12 dimensions, projected on the three principal axes',
    );
    await page.locator('[role=tab][aria-selected=true]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('Digits to their prototypes');
    await button(page, 'Train').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Pause').waitFor();
  });

  it('turns the sphere by pointer and by touch', async () => {
    const page = await open('prototypes', { hasTouch: true });
    const canvas = page.locator('canvas:visible');
    const picture = async (): Promise<string> =>
      canvas.evaluate((shown) => (shown as HTMLCanvasElement).toDataURL());
    const { x, y, width } = (await canvas.boundingBox())!;
    const [middle, height] = [x + width / 2, y + width / 2];
    const before = await picture();
    await page.mouse.move(middle, height);
    await page.mouse.down();
    await page.mouse.move(middle + 60, height + 20, { steps: 3 });
    await page.mouse.up();
    await until(async () => (await picture()) !== before);
    const turned = await picture();
    const touch = await page.context().newCDPSession(page);
    for (const [type, at] of [
      ['touchStart', 0],
      ['touchMove', 30],
      ['touchMove', 60],
      ['touchMove', 90],
    ] as const)
      await touch.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: middle - at, y: height }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await until(async () => (await picture()) !== turned);
  });

  it('takes a model and an image that are dropped on it', async () => {
    const page = await open('model');
    const drop = async (names: readonly string[], type: string): Promise<void> => {
      const files = names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')] as const);
      const transfer = await page.evaluateHandle(
        ([contents, kind]) => {
          const made = new DataTransfer();
          for (const [name, text] of contents)
            made.items.add(
              new File(
                [Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))],
                name.split('/').at(-1)!,
                {
                  type: kind,
                },
              ),
            );
          return made;
        },
        [files, type] as const,
      );
      await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
    };
    await drop(
      all.map((name) => `exported/${name}`),
      '',
    );
    await status(page).getByText('Loaded: Four shapes').waitFor();
    writeFileSync(
      join(folder, 'dropped.png'),
      encode({ width: 1, height: 1, data: Uint8Array.from(color), channels: 3 }),
    );
    await drop(['dropped.png'], 'image/png');
    await status(page).getByText(`dropped.png: ${expected.name}.`).waitFor();
  });

  it('trains without WebGL, says so, and learns to tell digits', async () => {
    const page = await open('train');
    await button(page, 'Train').click();
    await page
      .getByText('This browser gives the page no WebGL, so it computes on the processor (WebAssembly)')
      .waitFor();
    await until(async () => (await number(fact(page, 'Step'))) >= 36);
    await button(page, 'Pause').click();
    expect(await number(fact(page, 'Softmax'))).toBeGreaterThan(60);
    expect(await number(fact(page, 'On the sphere'))).toBeGreaterThan(20);
    await page.getByText('As a table').click();
    const rows = page.locator('section:visible tbody tr');
    expect(await rows.first().locator('th').textContent()).toBe('0');
    expect(await rows.count()).toBeGreaterThan(5);
    // Paused is paused.
    await page.waitForTimeout(400);
    const step = await number(fact(page, 'Step'));
    await page.waitForTimeout(600);
    expect(await number(fact(page, 'Step'))).toBe(step);
    await button(page, 'Go on').click();
    await until(async () => (await number(fact(page, 'Step'))) > step);
  });

  it('trains on the graphics card where there is WebGL', async () => {
    const other = await openBrowser({ webgl: true });
    try {
      const page = await open('train', {}, other);
      await button(page, 'Train').click();
      await page.getByText('Computed on the graphics card (WebGL).').waitFor();
      await until(async () => (await number(fact(page, 'Step'))) >= 6);
    } finally {
      await other.close();
    }
  });

  it('regresses an angle between the poles, with the error in degrees', async () => {
    const page = await open('poles');
    await button(page, 'Train').click();
    await until(async () => (await number(fact(page, 'Step'))) >= 30);
    await page.getByText('As a table').click();
    // The first row is the untrained network's, whenever it is read.
    const untrained = await number(page.locator('section:visible tbody tr:first-child td').first());
    expect(await number(fact(page, 'On the sphere'))).toBeLessThan(untrained - 10);
    expect(await page.locator('canvas:visible').getAttribute('aria-label')).toContain('between the poles');
  });

  const choose = async (
    page: Page,
    names: readonly string[],
    changes: Readonly<Record<string, string>> = {},
  ): Promise<void> =>
    page.getByLabel('Choose model files').setInputFiles(
      names.map((name) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(changes[name] ?? readFileSync(join(folder, 'exported', name))),
      })),
    );

  it('loads a model that the bench exported, and gives the cosines of an image', async () => {
    const page = await open('model');
    await choose(page, all);
    await status(page).getByText('Loaded: Four shapes, trained on shapes').waitFor();
    const data = Uint8Array.from({ length: 12 * 16 * 3 }, (_, index) => color[index % 3]!);
    const png = Buffer.from(encode({ width: 16, height: 12, data, channels: 3 }));
    await page
      .getByLabel('Choose an image')
      .setInputFiles({ name: 'plain.png', mimeType: 'image/png', buffer: png });
    await status(page).getByText(`plain.png: ${expected.name}.`).waitFor();
    const shown = await page.locator('section:visible tbody td').allTextContents();
    const wanted = [...expected.cosines].sort((a, b) => b - a);
    expect(shown.map(Number)).toHaveLength(4);
    for (const [index, text] of shown.entries()) expect(Number(text)).toBeCloseTo(wanted[index]!, 2);
  });

  it('refuses wrong files, another version and images that are none or too large, by a sentence', async () => {
    const page = await open('model');
    const problem = page.locator('section:visible [role=alert]');
    await choose(page, ['model.json']);
    await problem.getByText('weights.bin and head.json are not among the chosen files.').waitFor();
    await choose(page, all, { 'head.json': '{"schemaVersion": 7}' });
    await problem.getByText('head.json is of version 7, and this page reads version 1.').waitFor();
    await choose(page, all, { 'weights.bin': 'short' });
    await problem.getByText('weights.bin has 5 bytes').waitFor();
    const model = JSON.parse(readFileSync(join(folder, 'exported', 'model.json'), 'utf8')) as {
      modelTopology: { node: { op: string }[] };
    };
    model.modelTopology.node.at(-1)!.op = 'OfAnotherVersion';
    await choose(page, all, { 'model.json': JSON.stringify(model) });
    await problem.getByText('model.json is not what this page knows').waitFor();
    await choose(page, all);
    await status(page).getByText('Loaded: Four shapes').waitFor();
    const image = page.getByLabel('Choose an image');
    await image.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('notes') });
    await problem.getByText('notes.png is no image that this browser can show.').waitFor();
    const huge = join(folder, 'huge.png');
    writeFileSync(huge, '');
    truncateSync(huge, 26e6);
    await image.setInputFiles(huge);
    await problem.getByText('huge.png has 26 MB; this page takes images of up to 25 MB.').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'has no problem that axe knows, and fits a phone, when %s',
    async (colorScheme) => {
      const page = await open('prototypes', { colorScheme, viewport: { width: 360, height: 740 } });
      await page.addScriptTag({ path: axe });
      for (const part of parts) {
        await page.locator(`#tab-${part}`).click();
        if (part === 'train') await page.getByText('As a table').click();
        const found = await page.evaluate(
          `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
          .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
        );
        expect({ part, found }).toEqual({ part, found: [] });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      }
    },
  );

  it('opens and trains without a network once it has been opened', async () => {
    const own = await serveFolder(join(folder, 'built'));
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(own.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await own.close();
    await context.setOffline(true);
    await page.goto(`${own.url}#train`);
    await page.reload();
    await button(page, 'Train').click();
    await until(async () => (await number(fact(page, 'Step'))) >= 6);
  });
});
