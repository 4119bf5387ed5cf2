import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { decodeNpy } from '@hyperspherical/prototypes';
import { loadDataset } from '@hyperspherical/datasets/node';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runBench } from './run-bench.js';
import { writeSyntheticCifar10 } from './synthetic-cifar10.js';

const executablePath = '/usr/bin/chromium';
const tfjs = join(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json'),
  '..',
  'dist',
  'tf.min.js',
);

/** A page as a user would write it: TensorFlow.js, the exported files, and nothing of Node's. */
const html = `<!doctype html>
<title>An exported model</title>
<script src="tf.min.js"></script>
<script>
  async function predict(bytes, count) {
    await tf.setBackend('cpu');
    const { head, imageShape, normalise, classNames } = await (await fetch('head.json')).json();
    const model = await tf.loadGraphModel('model.json');
    return tf.tidy(() => {
      const images = tf.tensor4d(bytes, [count, ...imageShape]).div(255).sub(normalise.mean).div(normalise.standardDeviation);
      const outputs = model.predict(images);
      const { classes, dimensions, values } = head.prototypes;
      const unit = outputs.div(tf.norm(outputs, 2, 1, true));
      const labels = tf.matMul(unit, tf.tensor2d(values, [classes, dimensions]), false, true).argMax(1);
      return { outputs: outputs.arraySync(), names: Array.from(labels.dataSync(), (label) => classNames[label]) };
    });
  }
</script>`;

describe('a model that bench export wrote', () => {
  let folder = '';
  let server: Server;
  let browser: Browser;

  beforeEach(({ skip }) => {
    if (!existsSync(executablePath)) skip('There is no Chromium here.');
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
    writeFileSync(join(folder, 'index.html'), html);
    server = createServer((request, response) => {
      const name = basename(request.url === '/' ? '/index.html' : (request.url ?? ''));
      const path = name === 'tf.min.js' ? tfjs : join(folder, 'exported', name);
      createReadStream(name === 'index.html' ? join(folder, name) : path)
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    if (existsSync(executablePath)) {
      browser = await chromium.launch({
        executablePath,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
        ],
      });
    }
  });

  afterAll(async () => {
    if (existsSync(executablePath)) await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loads in a browser page and gives what the bench gives', async () => {
    const data = join(folder, 'data');
    const run = join(folder, 'run');
    writeSyntheticCifar10(data, 20);
    const words = ['run', 'quick/hyperspherical', '--epochs', '2', '--set', 'training.batchSize=20'];
    for (const command of [
      [...words, '--data-folder', data, '--out', run],
      ['export', '--run', run, '--out', join(folder, 'exported')],
      ['embed', '--run', run, '--data-folder', data, '--out', join(folder, 'outputs.npy')],
    ]) {
      const { code, stderr } = await runBench(command);
      expect({ code, stderr }).toMatchObject({ code: 0 });
    }
    const test = await loadDataset('cifar10', { split: 'test', folder: data });
    const expected = decodeNpy(readFileSync(join(folder, 'outputs.npy')));

    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const bytes = Array.from(test.images.subarray(0, 4 * 3072));
    const found = await page.evaluate<{ outputs: number[][]; names: string[] }>(
      `predict(${JSON.stringify(bytes)}, 4)`,
    );
    expect(problems).toEqual([]);
    const rows = [0, 1, 2, 3].map((row) => Array.from(expected.values.slice(10 * row, 10 * row + 10)));
    expect(found.outputs).toBeClose(rows, { relative: 1e-3, absolute: 1e-4 });
    expect(found.names.every((name) => test.classNames!.includes(name))).toBe(true);
  });
});
