import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  exampleEpoch,
  exampleEvaluation,
  exampleProgress,
  exampleResult,
  writeExampleRun,
} from './example-run.js';
import { runBench, type Finished } from './run-bench.js';

const executablePath = '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-watch-'));
});

afterEach(() => {
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Watching {
  readonly url: string;
  readonly stop: () => Promise<Finished>;
}

/** `bench watch`, once it serves. */
async function watch(...words: string[]): Promise<Watching> {
  return new Promise((done, fail) => {
    let stop: (() => void) | undefined;
    const finished = runBench(['watch', folder, '--json', ...words], {
      onStdout(text, kill) {
        if (stop !== undefined || !text.endsWith('}\n')) return;
        stop = () => {
          kill('SIGINT');
        };
        const { url } = JSON.parse(text) as { url: string };
        done({
          url,
          stop() {
            stop?.();
            return finished;
          },
        });
      },
    });
    void finished.then(({ stderr }) => {
      fail(new Error(stderr));
    });
  });
}

describe('bench watch', () => {
  it('says where it serves, and ends well at Ctrl-C', async () => {
    const { url, stop } = await watch('--port', '0');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(url)).status).toBe(200);
    expect(await stop()).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('says what would work when the port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    const { code, stderr, stdout } = await runBench(['watch', folder, '--port', String(port)]);
    taken.close();
    expect(stderr).toBe(
      `Port ${port} is in use. Choose another with --port, or --port 0 for any that is free.\n`,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it.each([
    [['nowhere'], /^There is no folder nowhere\. Start a run first/],
    [['package.json'], /^package\.json is a file\. Name the folder of your runs/],
    [['.', '--port', '65536'], /--port.*Give a port of 0 to 65535/],
    [['.', '--port', 'x'], /--port.*Give a whole number/],
  ])('refuses %j with a sentence', async (words, message) => {
    const { code, stderr } = await runBench(['watch', ...words]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe.skipIf(!existsSync(executablePath))('the page of bench watch, in Chromium', () => {
  let browser: Browser;
  let watching: Watching;
  let page: Page;
  const complaints: string[] = [];
  const hosts = new Set<string>();

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    watching = await watch('--port', '0');
  });

  afterAll(async () => {
    await browser.close();
    await watching.stop();
  });

  beforeEach(async () => {
    complaints.length = 0;
    hosts.clear();
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_REFUSED'))
        complaints.push(message.text());
    });
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(watching.url).host]);
  });

  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const eventually = (selector: string, wanted: RegExp): Promise<void> =>
    page.locator(selector, { hasText: wanted }).first().waitFor();

  it('follows runs as they start, go on, finish and are deleted', async () => {
    await page.goto(watching.url);
    await page.locator('#no-runs').waitFor();
    const run = join(folder, 'quick', 'seed-0');
    writeExampleRun(run, { progress: exampleProgress({ phase: 'starting', epoch: 0, step: 0 }) });
    await eventually('#runs', /hyperspherical, seed 0\s*starting/);
    expect(await page.locator('#no-runs').isVisible()).toBe(false);
    writeExampleRun(run, { epochs: [exampleEpoch(1)], progress: exampleProgress({ epoch: 1, step: 10 }) });
    await eventually('#runs', /training 1\/3, 1:15 left\s*50\.0 %/);
    writeExampleRun(run, { epochs: [exampleEpoch(2)], progress: exampleProgress({ epoch: 2, step: 10 }) });
    await page.getByText('Every epoch in numbers').click();
    await eventually('#epochs', /2\s*0\.5\s*0\.625\s*75\.0 %\s*0\.05/);
    // Training and test loss, each from epoch 1 to 2.
    const paths = page.locator('#charts figure:first-child path');
    expect(await paths.count()).toBe(2);
    expect(await paths.first().getAttribute('d')).toMatch(/^M[\d.,]+L[\d.,]+$/);
    expect(await text('#charts')).toMatch(/Loss[^]*Test accuracy[^]*Learning rate/);
    writeExampleRun(run, { epochs: [exampleEpoch(3)], result: exampleResult() });
    await eventually('#summary', /^1 completed$/);
    await eventually('#facts', /completed in 0:30/);
    writeExampleRun(join(folder, 'quick', 'seed-1'), {
      result: exampleResult({
        status: 'diverged',
        reason: 'the loss became NaN in epoch 1, step 3',
        seed: 1,
      }),
    });
    await eventually('#runs', /seed 1\s*diverged/);
    await page.getByRole('button', { name: /seed 1/ }).click();
    await eventually('#run-explanation', /the loss became NaN in epoch 1, step 3/);
    rmSync(join(folder, 'quick'), { recursive: true });
    await page.locator('#no-runs').waitFor();
    expect(await page.locator('#run').isVisible()).toBe(false);
  });

  it('shows which classes are taken for which, and the sphere, which turns', async () => {
    writeExampleRun(join(folder, 'a'), { progress: exampleProgress(), evaluation: exampleEvaluation() });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(watching.url);
    await eventually('#evaluation', /dog taken for cat: 3 of 10/);
    expect(await text('.confusion')).toMatch(/cat\s+8\s+2\s+0\s+80 %\s+dog\s+3\s+7\s+0\s+70 %/);
    expect(await text('.sphere-card')).toContain('three dimensions: this is their sphere, exactly');
    const canvas = page.locator('.sphere canvas');
    expect(await canvas.getAttribute('aria-label')).toMatch(/^3 test outputs and 3 prototypes/);
    const picture = (): Promise<string> =>
      canvas.evaluate((drawn) => (drawn as unknown as { toDataURL(): string }).toDataURL());
    const before = await picture();
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    const turned = await picture();
    expect(turned).not.toBe(before);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    expect(await picture()).toBe(before);
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 130, { steps: 3 });
    await page.mouse.up();
    expect(await picture()).not.toBe(before);
    // A new evaluation comes by itself and leaves the turn and the focus alone.
    const kept = await picture();
    writeExampleRun(join(folder, 'a'), {
      evaluation: exampleEvaluation({
        epoch: 3,
        confusion: [
          [10, 0, 0],
          [1, 9, 0],
          [0, 0, 10],
        ],
      }),
    });
    await eventually('#evaluation', /dog taken for cat: 1 of 10/);
    expect(await picture()).toBe(kept);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('CANVAS');
  });

  it('says when the sphere is a circle, and when it is only a projection', async () => {
    const sphere = exampleEvaluation().sphere!;
    const circle = sphere.prototypes.slice(0, 2);
    writeExampleRun(join(folder, 'circle'), {
      progress: exampleProgress({ title: 'circle' }),
      evaluation: exampleEvaluation({
        sphere: { ...sphere, outputs: circle, labels: [0, 1], prototypes: circle },
      }),
    });
    writeExampleRun(join(folder, 'many'), {
      progress: exampleProgress({ title: 'many' }),
      evaluation: exampleEvaluation({ sphere: { ...sphere, projection: 'principal-axes' } }),
    });
    await page.goto(watching.url);
    await page.getByRole('button', { name: /circle/ }).click();
    await eventually('.sphere-card', /two dimensions: this is their circle, exactly/);
    await page.getByRole('button', { name: /many/ }).click();
    await eventually('.sphere-card', /projection on the three principal axes/);
  });

  it('shows predicted values over true ones, with their unit', async () => {
    const epoch = exampleEpoch(1, { metrics: { meanAbsoluteError: 12.5 } });
    writeExampleRun(join(folder, 'a'), {
      epochs: [epoch],
      result: exampleResult({
        metric: { name: 'meanAbsoluteError', higherIsBetter: false, unit: 'degrees' },
        epochs: 1,
        final: epoch,
        best: epoch,
        history: { trainLoss: [epoch.trainLoss], testLoss: [epoch.testLoss], meanAbsoluteError: [12.5] },
      }),
      evaluation: {
        schemaVersion: 1,
        epoch: 1,
        predictions: [
          [10, 12],
          [20, 16],
          [40, 40],
        ],
        valueName: 'angle',
        valueUnit: 'degrees',
      },
    });
    await page.goto(watching.url);
    await eventually('#evaluation', /angle of 3 test images; mean absolute error of these 2 degrees/);
    expect(await page.locator('#evaluation circle').count()).toBe(3);
    await eventually('#runs', /mean absolute error 12\.5 degrees/);
  });

  it('draws the matrix of many classes, to be read cell by cell', async () => {
    const classNames = Array.from({ length: 100 }, (_, index) => `class-${index}`);
    const confusion = classNames.map((_, row) =>
      classNames.map((__, column) => (row === column ? 9 : Number(row === column + 1))),
    );
    writeExampleRun(join(folder, 'a'), {
      progress: exampleProgress(),
      evaluation: { schemaVersion: 1, epoch: 1, classNames, confusion },
    });
    await page.goto(watching.url);
    await eventually('#evaluation', /class-1 taken for class-0: 1 of 10/);
    await page.getByRole('img', { name: /Confusion matrix of 100 classes/ }).focus();
    await page.keyboard.press('ArrowDown');
    await eventually('#evaluation .readout', /class-1 taken for class-0: 1 of 10/);
  });

  it('reads a chart epoch by epoch with the keyboard', async () => {
    writeExampleRun(join(folder, 'a'), {
      epochs: [1, 2, 3].map((epoch) => exampleEpoch(epoch)),
      progress: exampleProgress(),
    });
    await page.goto(watching.url);
    await eventually('#charts', /Test accuracy/);
    const chart = page.getByRole('img', {
      name: /^Test accuracy by epoch: hyperspherical, seed 0 last 83\.3 %/,
    });
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await eventually('#charts', /Epoch 2: hyperspherical, seed 0 75\.0 %/);
  });

  it('shows names from files as text, whatever they are', async () => {
    const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    writeExampleRun(join(folder, nasty.replaceAll('/', '')), {
      progress: exampleProgress({ title: nasty }),
      evaluation: exampleEvaluation({ classNames: [nasty, `${nasty}2`, '"><b>'] }),
    });
    await page.goto(watching.url);
    await eventually('#runs', /<img src=x onerror=alert\(1\)>/);
    await eventually('.confusion', /<script>alert\(2\)<\/script>/);
    expect(await page.locator('main img, main script, main b b').count()).toBe(0);
  });

  it('finds runs by words and shows the curves that are ticked', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      writeExampleRun(join(folder, `seed-${seed}`), {
        epochs: [exampleEpoch(1), exampleEpoch(2)],
        result: exampleResult({ seed }),
      });
    }
    await page.goto(watching.url);
    await eventually('#shown', /^12 of 20 runs/);
    expect(await page.locator('#charts figure:first-child path').count()).toBe(24);
    await page.getByRole('checkbox', { name: 'Show the curves of hyperspherical, seed 19' }).check();
    await eventually('#shown', /^13 of 20 runs/);
    await page.getByLabel('Filter').fill('seed 19');
    expect(await page.locator('#runs li').count()).toBe(1);
  });

  it('says that the server has stopped, and goes on when it is back', async () => {
    writeExampleRun(join(folder, 'a'), { progress: exampleProgress() });
    await page.goto(watching.url);
    await eventually('#runs', /hyperspherical/);
    const port = new URL(watching.url).port;
    await watching.stop();
    await eventually('#connection', /bench watch has stopped/);
    watching = await watch('--port', port);
    writeExampleRun(join(folder, 'b'), { progress: exampleProgress({ title: 'another' }) });
    await eventually('#runs', /another/);
    await page.locator('#connection').waitFor({ state: 'hidden' });
  });

  it.each(['light', 'dark'] as const)(
    'is fit for screen readers, keyboards and telephones when it is %s',
    async (colorScheme) => {
      writeExampleRun(join(folder, 'a-rather-long-name-of-a-study', 'seed-0'), {
        epochs: [exampleEpoch(1), exampleEpoch(2)],
        progress: exampleProgress({ title: 'a rather long title of a run that does not fit a telephone' }),
        evaluation: exampleEvaluation({ predictions: [[1, 2]], valueName: 'angle' }),
      });
      writeExampleRun(join(folder, 'b'), { result: exampleResult({ status: 'interrupted' }) });
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(watching.url);
        await eventually('#evaluation', /dog taken for cat/);
        const widest = await page.evaluate('document.scrollingElement.scrollWidth');
        expect(widest).toBeLessThanOrEqual(width);
        await page.evaluate(axe);
        const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
          'axe.run()',
        );
        expect(
          found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
      }
      const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const [red] = /\d+/.exec(background) ?? [];
      expect(Number(red) < 128).toBe(colorScheme === 'dark');
    },
  );
});
