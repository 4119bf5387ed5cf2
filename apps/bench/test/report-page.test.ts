import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../src/report/write-report.js';
import { exampleExperiments, writeSyntheticRuns } from './synthetic-runs.js';

const executablePath = '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!existsSync(executablePath))('the page of bench report, in Chromium', () => {
  let folder = '';
  let address = '';
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-report-page-'));
    const hostile = '<img src=x onerror="document.title = 1"> & "quotes"';
    const runs = join(folder, 'runs');
    writeSyntheticRuns(runs, [
      ...exampleExperiments,
      { study: 'hostile', name: 'hostile', title: hostile, seeds: 1, level: 0.5 },
    ]);
    await writeReport([runs], { out: folder, format: ['html'], marker: 'report', title: 'Results' });
    address = pathToFileURL(join(folder, 'report.html')).href;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => requests.push(message.text()));
    await page.goto(address);
    for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
    expect(requests).toEqual([address]);
    return page;
  }

  it('shows every text as it is, and asks for nothing but itself', async () => {
    const page = await open('light', 1280);
    expect(await page.title()).toBe('Results');
    expect(await page.locator('#study-2 th[scope=row]').first().innerText()).toContain('<img src=x onerror=');
    expect(await page.locator('img, script').count()).toBe(0);
    expect(await page.locator('figure').count()).toBe(32);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('can be read by everyone in %s colours', async (scheme) => {
    const page = await open(scheme, 1280);
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe: checker } = globalThis as unknown as {
        axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations: found } = await checker.run({ resultTypes: ['violations'] });
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    });
    expect(violations).toEqual([]);
    await page.close();
  });

  it('fits a phone: tables scroll, the page does not', async () => {
    const page = await open('light', 375);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await page.close();
  });
});
