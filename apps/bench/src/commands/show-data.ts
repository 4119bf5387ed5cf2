import { resolve } from 'node:path';
import { openDataset } from '@hyperspherical/datasets/node';
import { checkDatasetName, type DataOptions, imageFileOptions, withUserErrors } from './manage-data.js';
import { drawLabelledGrid, gridIndices, gridLabels } from './labelled-grid.js';
import { printJson } from '../printing/print-json.js';
import { createProgressPrinter } from '../printing/progress-printer.js';
import { requireFonts } from '../report/svg-to-png.js';
import { showDatasetProgress } from '../engine/data/show-dataset-progress.js';
import { stopSignal } from '../printing/stop-signal.js';
import { UserError } from '../records/user-error.js';
import { writeFileDurably } from '../records/write-file-durably.js';

/** What `bench data show` was asked for. */
export interface ShowDataOptions extends DataOptions {
  readonly out: string;
  readonly split?: string;
  readonly count: number;
  readonly seed: number;
}

/** Draws some images of a dataset with their labels. */
export async function showData(name: string, options: ShowDataOptions): Promise<void> {
  const { out, split, count, seed, json, dataFolder } = options;
  checkDatasetName(name);
  if (!/\.png$/i.test(out))
    throw new UserError(`--out is '${out}'; the page is a PNG file, such as page.png.`);
  const stop = stopSignal();
  const printer = createProgressPrinter(process.stderr);
  try {
    await requireFonts();
    await withUserErrors(dataFolder, stop.signal, async () => {
      const dataset = await openDataset(name, {
        ...imageFileOptions(name, { imageSize: 96, ...options }),
        ...(split === undefined ? {} : { split }),
        ...(dataFolder === undefined ? {} : { folder: dataFolder }),
        onProgress: showDatasetProgress(printer),
        signal: stop.signal,
      });
      try {
        const indices = gridIndices(dataset, count, seed);
        const images = await dataset.read(indices, { signal: stop.signal });
        printer.close();
        const { imageShape, size, classNames } = dataset;
        const classes = classNames
          ? `, ${classNames.length} ${classNames.length === 1 ? 'class' : 'classes'}`
          : '';
        const title = `${dataset.name}, ${dataset.split}: ${size} images of ${imageShape.join(' x ')}${classes}`;
        const png = await drawLabelledGrid({
          title,
          images,
          imageShape,
          labels: gridLabels(dataset, indices),
        });
        writeFileDurably(resolve(out), [png]);
        if (json)
          printJson({
            name: dataset.name,
            split: dataset.split,
            size,
            imageShape,
            shown: [...indices],
            out: resolve(out),
          });
        else process.stdout.write(`${indices.length} of ${size} images are in ${out}.\n`);
      } finally {
        await dataset.close();
      }
    });
  } finally {
    printer.close();
    stop.release();
  }
}
