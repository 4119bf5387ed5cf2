import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url).pathname;
const published = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'apps/bench'];
const names = published.map(
  (folder) => (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string }).name,
);

/** A program that uses the packages as their READMEs say, far from the workspace. */
const program = `
  import '@hyperspherical/tfjs-native';
  import * as tf from '@tensorflow/tfjs';
  import { createBackbone } from '@hyperspherical/backbones';
  import { prototypeClassifier } from '@hyperspherical/heads';
  import { reduce } from '@hyperspherical/losses';
  import { createPrototypes } from '@hyperspherical/prototypes';

  const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 4, dimensions: 3 }) });
  const backbone = createBackbone({ kind: 'cifar-resnet', depth: 8, outputDimensions: 3, seed: 0 });
  const images = tf.randomNormal([4, 32, 32, 3], 0, 1, 'float32', 1);
  const labels = tf.tensor1d([0, 1, 2, 3], 'int32');
  const losses = [];
  for (let step = 0; step < 5; step += 1) {
    const { value, grads } = tf.variableGrads(
      () => reduce(head.loss(backbone.apply(images, { training: true }), labels), 'mean'),
      [...backbone.trainableVariables],
    );
    for (const weight of backbone.trainableVariables) weight.assign(tf.sub(weight, tf.mul(grads[weight.name], 0.1)));
    losses.push(value.dataSync()[0]);
  }
  console.log(JSON.stringify({ backend: tf.getBackend(), losses }));
`;

describe('the packed tarballs, installed by plain npm outside the workspace', () => {
  let folder = '';
  const run = (file: string, words: readonly string[]): string =>
    execFileSync(file, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hyperspherical-packed-'));
    for (const name of published) {
      execFileSync('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', folder], {
        cwd: join(root, name),
        stdio: 'pipe',
      });
    }
    const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '@tensorflow/tfjs@4.22.0',
      ...tarballs.map((file) => `./${file}`),
    ]);
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('hold built code, sources, a README and the licence, and no tests', () => {
    for (const name of names) {
      const files = readdirSync(join(folder, 'node_modules', name), { recursive: true, encoding: 'utf8' });
      expect(files, name).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
      expect(
        files.filter((file) => file.endsWith('.test.ts') || file.includes('.test.js')),
        name,
      ).toEqual([]);
    }
  });

  it('declare one version of each other and nothing of the workspace protocol', () => {
    for (const name of names) {
      expect(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'), name).not.toMatch(
        /"(workspace|catalog):/,
      );
    }
  });

  it('train together on the native engine', () => {
    writeFileSync(join(folder, 'program.js'), program);
    const { backend, losses } = JSON.parse(run('node', ['program.js'])) as {
      backend: string;
      losses: number[];
    };
    expect(backend).toBe('tensorflow');
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });

  it('give the commands bench and tfjs-native', () => {
    expect(
      JSON.parse(
        run('node_modules/.bin/bench', ['prototypes', '--classes', '10', '--dimensions', '9', '--json']),
      ),
    ).toMatchObject({
      classes: 10,
      dimensions: 9,
      maxCosine: expect.closeTo(-1 / 9, 6) as number,
    });
    expect(run('node_modules/.bin/tfjs-native', ['--help'])).toMatch(/setup/);
  });
});
