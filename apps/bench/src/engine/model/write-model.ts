import { join } from 'node:path';
import type { Backbone } from '@hyperspherical/backbones';
import type { ChannelStatistics } from '@hyperspherical/datasets';
import type { Experiment } from '../../experiment/experiment-schema.js';
import type { ImageSet } from '../data/image-set.js';
import { encodeSafetensors } from '../safetensors.js';
import type { AnyTaskHead } from '../task/task.js';
import { taskOfHead } from '../../experiment/check-combination.js';
import { trainingState } from '../training-state.js';
import { writeFileDurably } from '../../records/write-file-durably.js';
import { imageReadingOf } from '../../records/image-reading.js';
import type { ModelDescription } from '../../records/model-description.js';

/** What a trained model is made of. */
export interface WriteModelOptions {
  readonly experiment: Experiment;
  readonly backbone: Backbone;
  readonly head: AnyTaskHead;
  readonly train: ImageSet;
  readonly normalise: ChannelStatistics;
}

/** Writes `model.safetensors`, then `model.json`, which says that both are there. */
export function writeModel(folder: string, options: WriteModelOptions): void {
  const { experiment, backbone, head, train, normalise } = options;
  const { classNames, valueName, valueUnit } = train;
  const { targets } = experiment.dataset;
  const description: ModelDescription = {
    schemaVersion: 1,
    name: experiment.name,
    title: experiment.title,
    task: taskOfHead[experiment.head.kind],
    backbone: { ...backbone.options },
    head: head.toJSON(),
    dataset: train.name,
    imageShape: [...train.imageShape],
    images: imageReadingOf(train.imageShape, targets?.kind === 'rotation' ? targets.mask : 'none'),
    normalise: { mean: [...normalise.mean], standardDeviation: [...normalise.standardDeviation] },
    ...(classNames && { classNames: [...classNames] }),
    ...(valueName === undefined ? {} : { valueName }),
    ...(valueUnit === undefined ? {} : { valueUnit }),
  };
  const arrays = trainingState(backbone, head.variables, []).read();
  writeFileDurably(join(folder, 'model.safetensors'), encodeSafetensors({ arrays, metadata: {} }));
  writeFileDurably(join(folder, 'model.json'), [`${JSON.stringify(description)}\n`]);
}
