import { join } from 'node:path';
import { encodeNpy } from '@hyperspherical/prototypes';
import { collectOutputs } from '../../engine/collect-outputs.js';
import { readDescription, readModel } from '../../engine/model/read-model.js';
import { openData } from '../../engine/data/open-data.js';
import { prepareEngine } from '../../engine/prepare-engine.js';
import { printJson } from '../../printing/print-json.js';
import { readExperiment } from '../../experiment/read-experiment.js';
import { stopSignal } from '../../printing/stop-signal.js';
import { UserError } from '../../records/user-error.js';
import { writeFileDurably } from '../../records/write-file-durably.js';
import { refuseNotFinite } from './refuse-not-finite.js';

/** What `bench embed` was asked for. */
export interface EmbedOptions {
  readonly run: string;
  readonly split: 'train' | 'test';
  readonly out: string;
  readonly dataFolder?: string;
  readonly json?: true;
}

/** Writes a trained network's outputs for a whole split, with labels and values beside them, for NumPy. */
export async function embedCommand(options: EmbedOptions): Promise<void> {
  const { normalise, imageShape } = readDescription(options.run);
  const experiment = readExperiment(join(options.run, 'config.json'));
  const stop = stopSignal();
  try {
    const data = await openData(experiment, { ...options, signal: stop.signal });
    await prepareEngine({ signal: stop.signal });
    const model = readModel(options.run);
    const images = data[options.split];
    if (images.imageShape.join() !== imageShape.join()) {
      throw new UserError(
        `The images are ${images.imageShape.join(' x ')}, and the model of ${options.run} takes ${imageShape.join(' x ')}. Give the data that it was trained on with --data-folder.`,
      );
    }
    const outputs = await collectOutputs(images, { ...model, normalise, signal: stop.signal });
    if (outputs === undefined) throw new UserError('Interrupted; nothing was written.', { exitCode: 1 });
    const [classes, dimensions] = outputs.shape;
    const values = outputs.dataSync<'float32'>();
    const nameOf = (row: number): string => `image ${row} of the ${options.split} images`;
    refuseNotFinite(values, dimensions, nameOf, model.backbone);
    const write = (path: string, rows: number, columns: number, values: Float32Array): string => {
      writeFileDurably(path, [encodeNpy({ classes: rows, dimensions: columns, values })]);
      return path;
    };
    const beside = (name: string): string => options.out.replace(/(\.npy)?$/, `.${name}.npy`);
    const files = [
      write(options.out, classes, dimensions, values),
      ...(images.labels ? [write(beside('labels'), classes, 1, Float32Array.from(images.labels))] : []),
      ...(images.values ? [write(beside('values'), classes, 1, images.values)] : []),
    ];
    outputs.dispose();
    model.dispose();
    await data.close();
    if (options.json)
      printJson({ run: options.run, split: options.split, images: classes, dimensions, files });
    else
      process.stdout.write(
        `${classes} outputs of ${dimensions} dimensions, as they come (not of unit length): ${files.join(', ')}\n`,
      );
  } finally {
    stop.release();
  }
}
