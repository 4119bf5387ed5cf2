import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { squaredCosineLoss } from '@hyperspherical/losses';
import { createPrototypes, encodeNpy, prototypesFromNpy } from '@hyperspherical/prototypes';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { codeBlocks } from '../src/index.js';
import { root } from './written-programs.js';

const python = process.env.PYTHON ?? 'python3';
const has = (module: string) => spawnSync(python, ['-c', `import ${module}`]).status === 0;
const [withNumpy, withTorch] = codeBlocks(readFileSync(join(root, 'docs/cookbook/pytorch.md'), 'utf8'))
  .filter(({ language }) => language === 'python')
  .map(({ code }) => code);

async function folderWithPrototypes() {
  const folder = mkdtempSync(join(tmpdir(), 'manual-python-'));
  const prototypes = await createPrototypes({ classes: 10, dimensions: 3 });
  writeFileSync(join(folder, 'prototypes-3d-10c.npy'), encodeNpy(prototypes));
  const run = (code: string) =>
    execFileSync(python, ['-W', 'ignore', '-c', code], { cwd: folder, encoding: 'utf8' });
  return { folder, prototypes, run };
}

describe('the programs of the recipe "PyTorch and back"', () => {
  it.skipIf(!has('numpy'))('bring prototypes to NumPy and back, bit for bit (needs NumPy)', async () => {
    const { folder, prototypes, run } = await folderWithPrototypes();
    run(withNumpy!);
    expect(prototypesFromNpy(readFileSync(join(folder, 'from-python.npy'))).values).toEqual(
      prototypes.values,
    );
  });

  it.skipIf(!has('torch'))('compute the same loss and predictions in PyTorch (needs PyTorch)', async () => {
    const { prototypes, run } = await folderWithPrototypes();
    const given =
      'import torch\noutputs = torch.tensor([[1., 2, 3], [-2, 0, 1]])\nlabels = torch.tensor([3, 7])\n';
    const shown = '\nprint(float(loss), predicted.tolist())';
    const [loss, predicted] = run(`${withNumpy!}${given}${withTorch!}${shown}`).split(/ (.*)/s);
    const outputs = tf.tensor2d([1, 2, 3, -2, 0, 1], [2, 3]);
    const rows = tf.tensor2d(prototypes.values, [10, 3]);
    const targets = tf.gather(rows, tf.tensor1d([3, 7], 'int32'));
    expect(Number(loss)).toBeClose(tf.mean(squaredCosineLoss(outputs, targets)).dataSync()[0]!);
    const nearest = tf.argMax(tf.matMul(outputs, rows, false, true), 1);
    expect(JSON.parse(predicted!)).toEqual([...nearest.dataSync()]);
  });
});
