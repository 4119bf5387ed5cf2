import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBackbone, encodeSafetensors } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import '@tensorflow/tfjs';
import { ready, setBackend, tensor4d } from '@tensorflow/tfjs-core';

const bench = fileURLToPath(new URL('../../bench/src/cli.ts', import.meta.url));
const classNames = ['circle', 'square', 'star', 'cross'];

/** What a model should say of an image. */
export interface Expected {
  readonly name: string;
  /** Of the classes, in their order. */
  readonly cosines: readonly number[];
}

/**
 * Leaves in `folder` what `bench export` writes of a small model, by the bench itself, and gives what the model says of an image of one
 * colour, computed here.
 */
export async function exportModel(folder: string, [red, green, blue]: readonly number[]): Promise<Expected> {
  await setBackend('cpu');
  await ready();
  const run = join(folder, 'run');
  mkdirSync(run, { recursive: true });
  const imageShape: [number, number, number] = [8, 8, 3];
  const options = {
    kind: 'convnet',
    imageShape,
    channels: [4, 4],
    hidden: 8,
    outputDimensions: 3,
    seed: 5,
  } as const;
  const backbone = createBackbone(options);
  const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 4, dimensions: 3 }) });
  const normalise = { mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] };
  const arrays = backbone.weights().map((weight) => ({ ...weight, name: `backbone/${weight.name}` }));
  writeFileSync(join(run, 'model.safetensors'), Buffer.concat(encodeSafetensors({ arrays })));
  writeFileSync(
    join(run, 'model.json'),
    JSON.stringify({
      schemaVersion: 1,
      name: 'shapes',
      title: 'Four shapes',
      task: 'classification',
      backbone: backbone.options,
      head: head.toJSON(),
      dataset: 'shapes',
      imageShape,
      normalise,
      classNames,
    }),
  );
  execFileSync(
    process.execPath,
    [
      '--conditions=@hyperspherical/source',
      '--import',
      'tsx',
      bench,
      'export',
      '--run',
      run,
      '--out',
      join(folder, 'exported'),
    ],
    { stdio: 'pipe' },
  );
  const pixel = [red!, green!, blue!].map(
    (byte, channel) => (byte / 255 - normalise.mean[channel]!) / normalise.standardDeviation[channel]!,
  );
  const images = tensor4d(Array.from({ length: 64 }, () => pixel).flat(), [1, ...imageShape]);
  const cosines = Array.from(await head.scores(backbone.apply(images)).data());
  return { name: classNames[cosines.indexOf(Math.max(...cosines))]!, cosines };
}
