import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** What a second copy of TensorFlow.js does to a program: its last lines say so. */
const programWithTwoCopies = `
  import { headLayer } from '@hyperspherical/heads/layers';
  import { prototypeClassifier } from '@hyperspherical/heads';
  import { createPrototypes } from '@hyperspherical/prototypes';
  import { compile } from '@hyperspherical/tfjs-native';
  import { reduce } from '@hyperspherical/losses';
  import * as tf from '@tensorflow/tfjs';

  const told = async (run) => {
    try {
      return await run();
    } catch (error) {
      return error.message;
    }
  };
  const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 3, dimensions: 2 }) });
  const weights = tf.variable(tf.tensor2d([1, 0, 0, 1, 1, 1], [3, 2]));
  const optimiser = tf.train.sgd(0.5);
  const loss = (images, labels) => reduce(head.loss(tf.matMul(images, weights), labels), 'mean');
  const step = compile((images, labels) => optimiser.minimize(() => loss(images, labels), true));
  const losses = [];
  for (let turn = 0; turn < 10; turn += 1) {
    losses.push(step(tf.eye(3), tf.tensor1d([0, 1, 2], 'int32')).dataSync()[0]);
  }
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [4] })] });
  const saved = await told(() => model.save('file://model'));
  const added = await told(() => model.add(headLayer(head)));
  console.log(JSON.stringify({ backend: tf.getBackend(), losses, saved, added }));
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
  }, 60_000);

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

  it('compute together with a second copy of TensorFlow.js, and say what a head layer cannot', () => {
    // Ours find a copy of their own below their folder, and the program the one of the project. Node reads one file of each package.
    const second = join(folder, 'node_modules/@hyperspherical/node_modules/@tensorflow');
    cpSync(join(folder, 'node_modules/@tensorflow'), second, {
      recursive: true,
      filter: (path) => statSync(path).isDirectory() || /package\.json$|\.node\.js$/.test(path),
    });
    try {
      writeFileSync(join(folder, 'two-copies.js'), programWithTwoCopies);
      const { backend, losses, saved, added } = JSON.parse(
        run('node', ['two-copies.js']).trim().split('\n').at(-1)!,
      ) as { backend: string; losses: number[]; saved: string; added: string };
      expect(backend).toBe('tensorflow');
      expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
      // Both as the manual of tfjs-native says.
      expect(saved).toBe("Cannot find any save handlers for URL 'file://model'");
      expect(added).toMatch(/a second copy of @tensorflow\/tfjs-layers/);
    } finally {
      rmSync(dirname(second), { recursive: true });
    }
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
