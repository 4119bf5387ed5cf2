import { reshape, tensor1d } from '@tensorflow/tfjs-core';
import * as losses from '../../src/index.js';
import { contrastive, uniformity } from '../reference-losses.js';
import { rowAt, type WholeRangeCase } from './grid.js';

const points = [0, 1e-4, 1, Math.PI].flatMap((angle) =>
  [0, 1e-20, 1e20].map((length) => ({ angle, length })),
);

/** Losses over the pairs of a batch: a row of the grid among others, the first of which it may equal or oppose. */
export const batchCases: readonly WholeRangeCase[] = points.flatMap(({ angle, length }) =>
  [1, 2].flatMap((dimensions): WholeRangeCase[] => {
    const cut = dimensions === 1 && angle > 0 ? Math.PI : angle;
    const rows = [
      rowAt(cut, length, dimensions),
      rowAt(0, 3, dimensions),
      rowAt(dimensions === 1 ? Math.PI : 2.5, 1e-10, dimensions),
      rowAt(0, 1e10, dimensions),
    ];
    const where = `D = ${dimensions}, angle ${cut}, length ${length}`;
    const labels = [0, 0, 1, 1];
    return [
      ...[0.07, 1e-6, 1e6].flatMap((temperature): WholeRangeCase[] => [
        {
          name: 'supervisedContrastiveLoss',
          options: `temperature ${temperature}, ${where}`,
          scale: 1 / temperature,
          inputs: [rows],
          loss: ([x]) => losses.supervisedContrastiveLoss(x!, tensor1d(labels, 'int32'), { temperature }),
          formula: ([x]) => contrastive(x!, labels, temperature),
        },
        {
          name: 'ntXentLoss',
          options: `temperature ${temperature}, ${where}`,
          scale: 1 / temperature,
          inputs: [rows.slice(0, 2), rows.slice(2)],
          loss: ([x, y]) => losses.ntXentLoss(x!, y!, { temperature }),
          formula: ([x, y]) => contrastive([...x!, ...y!], [0, 1, 0, 1], temperature),
        },
      ]),
      ...[1e-6, 2, 1e6].map((t): WholeRangeCase => ({
        name: 'uniformityLoss',
        options: `t ${t}, ${where}`,
        scale: t,
        inputs: [rows],
        loss: ([x]) => reshape(losses.uniformityLoss(x!, { t }), [1]),
        formula: ([x]) => [uniformity(x!, t)],
      })),
    ];
  }),
);
