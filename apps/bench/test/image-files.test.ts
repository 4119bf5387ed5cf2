import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runResultSchema } from '../src/records/run-result.js';
import { runBench } from './run-bench.js';

let folder = '';

/** Red, green and blue pictures of several sizes, in a folder a class. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-images-'));
  const colours = { blue: '#2030d0', green: '#20d040', red: '#d02020' };
  for (const [name, background] of Object.entries(colours)) {
    mkdirSync(join(folder, 'pictures', name), { recursive: true });
    for (let index = 0; index < 12; index += 1) {
      await sharp({ create: { width: 40 + index, height: 36, channels: 3, background } })
        .jpeg()
        .toFile(join(folder, 'pictures', name, `${index}.jpg`));
    }
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function command(...words: string[]): string[] {
  return [
    ...['run', 'quick/hyperspherical', '--data-folder', join(folder, 'pictures')],
    ...['--set', 'dataset={"kind":"image-folder","imageSize":[16,16],"holdOut":0.25}'],
    ...['--set', 'training.batchSize=9', '--set', 'head.prototypes.dimensions=2', '--epochs', '4', ...words],
  ];
}

describe('bench run on a folder of images by class', () => {
  it('parts them, trains, and tells colours apart', async () => {
    const { code, stdout, stderr } = await runBench(command('--out', join(folder, 'run'), '--json'));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const result = runResultSchema.parse(JSON.parse(stdout));
    expect(result.steps).toBe(4 * 3);
    expect(result.final?.metrics.accuracy).toBeGreaterThan(0.5);
  });

  it('trains where all images have one color, and says once what it does not read', async () => {
    const data = join(folder, 'red');
    for (const name of ['here', 'there']) {
      mkdirSync(join(data, name), { recursive: true });
      for (let index = 0; index < 8; index += 1) {
        await sharp({ create: { width: 16, height: 16, channels: 3, background: '#d00000' } })
          .png()
          .toFile(join(data, name, `${index}.png`));
      }
    }
    mkdirSync(join(data, '__MACOSX'));
    mkdirSync(join(data, 'nowhere'));
    const words = command('--out', join(folder, 'red-run'), '--json', '--data-folder', data);
    const { code, stdout, stderr } = await runBench(words);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(Number.isFinite(runResultSchema.parse(JSON.parse(stdout)).final?.testLoss)).toBe(true);
    const said = (what: string, name: string) => `Not read in ${data}: 1 ${what}, such as ${name}.\n`;
    expect(stderr.split(said('hidden and system files and folders', '__MACOSX'))).toHaveLength(2);
    expect(stderr.split(said('folders without images', 'nowhere'))).toHaveLength(2);
  });

  it('says what to do where there are no splits', async () => {
    const words = command('--out', join(folder, 'never'), '--set', 'dataset.holdOut=null');
    const { code, stderr } = await runBench(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/has no folder (train|test)/);
  });
});
