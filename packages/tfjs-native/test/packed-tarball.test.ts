import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  packageManager: string;
};

const training = `
  import { nativeEngine } from '@hyperspherical/tfjs-native';
  import * as tf from '@tensorflow/tfjs';
  import { isMainThread, parentPort, Worker } from 'node:worker_threads';

  const images = tf.randomNormal([8, 6, 6, 2], 0, 1, 'float32', 1);
  const targets = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3], 'int32'), 4);
  const filter = tf.variable(tf.randomNormal([3, 3, 2, 4], 0, 0.3, 'float32', 2));
  const optimizer = tf.train.sgd(0.1);
  const losses = Array.from({ length: 3 }, () =>
    optimizer.minimize(() => {
      const features = tf.mean(tf.relu(tf.conv2d(images, filter, 1, 'same')), [1, 2]);
      return tf.losses.softmaxCrossEntropy(targets, features);
    }, true).dataSync()[0],
  );
  const report = { backend: tf.getBackend(), tensorflow: nativeEngine().tensorflowVersion, losses };
  if (isMainThread) {
    const worker = new Worker(new URL(import.meta.url));
    worker.once('message', (inWorker) => console.log(JSON.stringify({ inMain: report, inWorker })));
  } else {
    parentPort.postMessage(report);
  }
`;

describe('the packed tarball, installed by plain npm outside the workspace', () => {
  let folder = '';
  let registryFailure: string | undefined;

  // pnpm's shims set NODE_PATH, which would hide a dependency that nobody declared.
  const environment = { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined };
  const run = (
    words: readonly [string, ...string[]],
    changes: NodeJS.ProcessEnv = {},
  ): SpawnSyncReturns<string> =>
    spawnSync(words[0], words.slice(1), {
      cwd: folder,
      encoding: 'utf8',
      env: { ...environment, ...changes },
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfjs-native-packed-'));
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', join(packageFolder, 'tsconfig.build.json')]);
    execFileSync('npx', ['--yes', packageManager, 'pack', '--pack-destination', folder], {
      cwd: packageFolder,
      stdio: 'pipe',
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    const installed = run([
      ...(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'] as const),
      ...['@tensorflow/tfjs@4.22.0', `./${tarball}`],
    ]);
    if (installed.status !== 0) {
      registryFailure =
        /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.exec(
          installed.stderr,
        )?.[0];
      if (registryFailure === undefined) throw new Error(installed.stderr);
    }
  }, 180_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(({ skip }) => {
    skip(registryFailure !== undefined, `the npm registry cannot be reached (${registryFailure ?? ''})`);
  });

  it('holds what runs and what is compiled, with licence and notice, and no tests', () => {
    const files = readdirSync(join(folder, 'node_modules/@hyperspherical/tfjs-native'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(files).toEqual(
      expect.arrayContaining([
        ...['README.md', 'LICENSE', 'bin/tfjs-native.js', 'dist/index.js', 'dist/setup.d.ts', 'src/index.ts'],
        ...['vendor/NOTICE', 'vendor/binding/tfjs_binding.cc', 'vendor/dist/node.d.ts'],
      ]),
    );
    expect(files.filter((name) => /[._]test\.|testing/.test(name))).toEqual([]);
  });

  it('trains in the main thread and in a worker thread, and writes nothing else', () => {
    writeFileSync(join(folder, 'training.js'), training);
    const { stdout, stderr } = run(
      [process.execPath, '--throw-deprecation', '--pending-deprecation', 'training.js'],
      {
        TF_CPP_MIN_LOG_LEVEL: undefined,
      },
    );
    expect(stderr).toBe('');
    const { inMain, inWorker } = JSON.parse(stdout) as Record<'inMain' | 'inWorker', { losses: number[] }>;
    expect(inMain).toMatchObject({ backend: 'tensorflow', tensorflow: '2.15.1' });
    expect(inMain.losses.at(-1)).toBeLessThan(inMain.losses[0]!);
    expect(inWorker.losses).toBeClose(inMain.losses);
  });

  it('gives the command tfjs-native, silent where the engine is set up', () => {
    const setup = run(['node_modules/.bin/tfjs-native', 'setup']);
    expect(setup).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const wrong = run(['node_modules/.bin/tfjs-native', 'fly']);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
  });

  it('says what to type where the engine is not set up', () => {
    const { status, stderr } = run([process.execPath, 'training.js'], {
      HYPERSPHERICAL_CACHE: join(folder, 'empty'),
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Error: The native TensorFlow engine is not set up \(looked in .*\)\. Type: npx tfjs-native setup$/m,
    );
    expect(readdirSync(folder)).not.toContain('empty');
  });
});
