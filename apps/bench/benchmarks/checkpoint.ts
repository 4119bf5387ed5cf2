// What a checkpoint costs: reading weights and optimiser state from the engine, encoding, writing, flushing to disk and renaming.
//   node --conditions=@hyperspherical/source --import tsx apps/bench/benchmarks/checkpoint.ts
// Options: --json (one document), --depth 32, --repeats 50, --folder (default: the system's temporary folder).
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import '@hyperspherical/tfjs-native';
import { setBackend } from '@tensorflow/tfjs-core';
import { readCheckpoint, startPosition, writeCheckpoint } from '../src/engine/checkpoint.js';
import { trainingSchema } from '../src/experiment/training-schema.js';
import { classificationTask } from '../src/engine/task/task.js';
import { trainingState } from '../src/engine/training-state.js';
import { createTrainingStep } from '../src/engine/training-step.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    depth: { type: 'string', default: '32' },
    repeats: { type: 'string', default: '50' },
    folder: { type: 'string', default: tmpdir() },
  },
});

await setBackend('tensorflow');
const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 100, dimensions: 50 }) });
const backbone = createBackbone({
  kind: 'cifar-resnet',
  depth: Number(values.depth),
  outputDimensions: 50,
  seed: 0,
});

const folder = mkdtempSync(join(values.folder, 'checkpoint-'));
const rows = [];
try {
  for (const optimizer of [
    { kind: 'sgd', learningRate: 0.01, momentum: 0.9 },
    { kind: 'adam', learningRate: 0.001 },
  ]) {
    const step = createTrainingStep({
      backbone,
      task: classificationTask(head),
      optimizer: trainingSchema.shape.optimizer.parse(optimizer),
      reduction: 'mean',
      mode: 'graph',
    });
    const state = trainingState(backbone, [...head.variables], [...step.optimizer.state]);
    const path = join(folder, optimizer.kind, 'latest.safetensors');
    const write = measured(Number(values.repeats), () => {
      writeCheckpoint(path, { arrays: state.read(), position: startPosition });
    });
    const read = measured(Number(values.repeats), () => {
      state.load(readCheckpoint(path).arrays);
    });
    rows.push({ optimizer: optimizer.kind, bytes: statSync(path).size, write, read });
    step.dispose();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
if (values.json) console.log(JSON.stringify({ machine, depth: Number(values.depth), rows }));
else {
  console.log(`ResNet-${values.depth}, ${machine}; milliseconds, median and largest of ${values.repeats}`);
  for (const { optimizer, bytes, write, read } of rows)
    console.log(
      `${optimizer.padEnd(5)} ${(bytes / 2 ** 20).toFixed(1)} MiB  write ${show(write)}  read ${show(read)}`,
    );
}

interface Measured {
  readonly median: number;
  readonly largest: number;
}

function measured(repeats: number, action: () => void): Measured {
  action();
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  }).sort((left, right) => left - right);
  return { median: times[times.length >> 1]!, largest: times.at(-1)! };
}

function show({ median, largest }: Measured): string {
  return `${median.toFixed(1)} (${largest.toFixed(1)})`;
}
