// What it costs to tell of a run: every reporter at once, in the pace of real training steps of ResNet-8.
//   node --conditions=@hyperspherical/source --import tsx apps/bench/benchmarks/reporter-overhead.ts
// Options: --json (one document), --seconds 30, --batch 128.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createBackbone } from '@hyperspherical/backbones';
import { prototypeClassifier } from '@hyperspherical/heads';
import { createPrototypes } from '@hyperspherical/prototypes';
import { node } from '@hyperspherical/tfjs-native';
import { setBackend } from '@tensorflow/tfjs-core';
import { trainingSchema } from '../src/experiment/training-schema.js';
import { createProgressWriter } from '../src/records/progress-writer.js';
import { createJsonlReporter } from '../src/printing/jsonl-reporter.js';
import { createLinesReporter } from '../src/printing/lines-reporter.js';
import { createTensorBoardReporter } from '../src/printing/tensorboard-reporter.js';
import { createTerminalReporter } from '../src/printing/terminal-reporter.js';
import { classificationTask } from '../src/engine/task/task.js';
import type { Reporter, TrainingEvent } from '../src/records/training-event.js';
import { createTrainingStep } from '../src/engine/training-step.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '30' },
    batch: { type: 'string', default: '128' },
  },
});
const batchSize = Number(values.batch);
const stepsPerEpoch = 100;

await setBackend('tensorflow');
const head = prototypeClassifier({ prototypes: await createPrototypes({ classes: 10, dimensions: 10 }) });
const backbone = createBackbone({ kind: 'cifar-resnet', depth: 8, outputDimensions: 10, seed: 0 });
const step = createTrainingStep({
  backbone,
  task: classificationTask(head),
  optimizer: trainingSchema.shape.optimizer.parse({ kind: 'sgd', learningRate: 0.01, momentum: 0.9 }),
  reduction: 'mean',
  mode: 'graph',
});
const batch = {
  images: Float32Array.from({ length: batchSize * 32 * 32 * 3 }, (_, index) => Math.sin(index * index)),
  shape: [batchSize, 32, 32, 3] as [number, number, number, number],
  labels: Int32Array.from({ length: batchSize }, (_, index) => index % 10),
  indices: new Int32Array(batchSize),
};
step.prepare([{ images: batch.shape, labels: true, values: false }]);

const folder = mkdtempSync(join(tmpdir(), 'reporter-overhead-'));
const stream = (name: string): NodeJS.WriteStream =>
  Object.assign(createWriteStream(join(folder, name)), {
    isTTY: true,
    columns: 120,
    rows: 40,
  }) as unknown as NodeJS.WriteStream;
const reporters: Record<string, Reporter> = {
  'terminal line': createTerminalReporter(stream('terminal'), { runs: 1 }),
  'plain lines': createLinesReporter(stream('lines')),
  JSONL: createJsonlReporter(stream('jsonl')),
  TensorBoard: createTensorBoardReporter(node),
  'progress.json': createProgressWriter(),
};
const spent = Object.fromEntries(Object.keys(reporters).map((name) => [name, 0]));
let stepMilliseconds = 0;
let steps = 0;

function tell(event: TrainingEvent): void {
  for (const [name, reporter] of Object.entries(reporters)) {
    const start = performance.now();
    reporter.report(event);
    spent[name]! += performance.now() - start;
  }
}

tell({
  kind: 'run-start',
  title: 'reporter overhead',
  seed: 0,
  metric: { name: 'accuracy', higherIsBetter: true },
  folder,
  epochs: 1000,
  stepsPerEpoch,
  batchSize,
  trainImages: stepsPerEpoch * batchSize,
  testImages: 0,
  parameters: backbone.parameterCount,
});
for (let warmUp = 0; warmUp < 5; warmUp += 1) step.run(batch, 0.01);
const began = performance.now();
while (performance.now() - began < 1000 * Number(values.seconds)) {
  const start = performance.now();
  const loss = step.run(batch, 0.01);
  const milliseconds = performance.now() - start;
  stepMilliseconds += milliseconds;
  const epoch = 1 + Math.floor(steps / stepsPerEpoch);
  steps += 1;
  const seconds = milliseconds / 1000;
  tell({
    kind: 'step-end',
    epoch,
    step: 1 + ((steps - 1) % stepsPerEpoch),
    images: batchSize,
    seconds,
    loss,
    learningRate: 0.01,
  });
  if (steps % stepsPerEpoch === 0) {
    tell({ kind: 'evaluation-start', epoch });
    const record = {
      epoch,
      steps,
      learningRate: 0.01,
      trainLoss: loss,
      testLoss: loss,
      metrics: { accuracy: 0.5 },
      trainSeconds: 1,
      testSeconds: 1,
      imagesPerSecond: batchSize / seconds,
    };
    tell({ kind: 'epoch-end', record });
  }
  // As in training: streams and timers get their turn.
  await new Promise((done) => setImmediate(done));
}
for (const reporter of Object.values(reporters)) reporter.close();
rmSync(folder, { recursive: true });

const rows = [
  ...Object.entries(spent),
  ['all together', Object.values(spent).reduce((sum, part) => sum + part)] as const,
].map(([name, total]) => ({
  reporter: name,
  microsecondsPerStep: (1000 * total) / steps,
  percentOfStep: (100 * total) / stepMilliseconds,
}));
const millisecondsPerStep = stepMilliseconds / steps;
if (values.json) {
  console.log(
    JSON.stringify(
      { cores: availableParallelism(), batchSize, steps, millisecondsPerStep, rows },
      undefined,
      2,
    ),
  );
} else {
  console.log(
    `${steps} steps of ResNet-8, batch ${batchSize}, ${millisecondsPerStep.toFixed(1)} ms each, ${availableParallelism()} cores`,
  );
  for (const { reporter, microsecondsPerStep, percentOfStep } of rows)
    console.log(
      `${reporter.padEnd(14)} ${microsecondsPerStep.toFixed(0).padStart(5)} us a step ${percentOfStep.toFixed(3).padStart(7)} %`,
    );
}
step.dispose();
