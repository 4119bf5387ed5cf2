import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationDetails } from '../src/records/evaluation-details.js';
import type { EpochRecord } from '../src/records/epoch-record.js';
import type { Reproduces } from '../src/records/reproduces.js';
import type { RunResult } from '../src/records/run-result.js';

/** One experiment of a synthetic tree of runs. */
export interface SyntheticExperiment {
  readonly study: string;
  readonly name: string;
  readonly title?: string;
  readonly task?: RunResult['task'];
  readonly seeds: number;
  readonly epochs?: number;
  /** Where the metric ends, in its own scale. */
  readonly level: number;
  /** Standard deviation between seeds. */
  readonly spread?: number;
  readonly reproduces?: readonly Reproduces[];
  /** Seeds whose run did not complete. */
  readonly diverged?: readonly number[];
  readonly interrupted?: readonly number[];
  readonly dirty?: boolean;
  readonly classes?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A run as its files hold it. */
export interface SyntheticRun {
  readonly result: RunResult;
  readonly config: unknown;
  readonly evaluation: EvaluationDetails;
}

/** Draws the runs of an experiment: noisy curves that level out, the same for the same names. */
export function drawSyntheticRuns(experiment: SyntheticExperiment): SyntheticRun[] {
  return Array.from({ length: experiment.seeds }, (_, seed) => drawRun(experiment, seed));
}

/** Writes runs as `<folder>/<study>/<name>/seed-<n>`, with what a report reads of them. */
export function writeSyntheticRuns(folder: string, experiments: readonly SyntheticExperiment[]): void {
  for (const experiment of experiments) {
    for (const { result, config, evaluation } of drawSyntheticRuns(experiment)) {
      const path = join(folder, experiment.study, experiment.name, `seed-${result.seed}`);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'config.json'), JSON.stringify(config));
      writeFileSync(join(path, 'environment.json'), JSON.stringify(result.environment));
      writeFileSync(join(path, 'result.json'), JSON.stringify(result));
      writeFileSync(join(path, 'evaluation.json'), JSON.stringify(evaluation));
    }
  }
}

/** A few studies of every kind, with runs that diverged and stopped, for pictures and tests. */
export const exampleExperiments: readonly SyntheticExperiment[] = [
  ...[
    { dimensions: 3, hpn: 0.055, deviation: 0.003, level: 0.062 },
    { dimensions: 10, hpn: 0.511, deviation: 0.007, level: 0.515 },
    { dimensions: 25, hpn: 0.63, deviation: 0.001, level: 0.623 },
    { dimensions: 100, hpn: 0.65, deviation: 0.003, level: 0.671 },
  ].map(({ dimensions, hpn, deviation, level }, index) => ({
    study: 'dimensions',
    name: `prototypes-${dimensions}`,
    title: `Prototypes, ${dimensions} dimensions`,
    seeds: 4 - index,
    level,
    spread: 0.004,
    epochs: 60,
    classes: 100,
    ...(dimensions === 10 ? { diverged: [2] } : {}),
    reproduces: [
      {
        paper: 'Mettes et al. 2019',
        table: 'Table 1',
        cell: `HPN, CIFAR-100, ${dimensions} dimensions`,
        metric: 'accuracy',
        value: hpn,
        deviation,
        runs: 3,
        ...(dimensions === 3 ? { differs: 'ResNet-8 in place of ResNet-32.' } : {}),
      },
    ],
  })),
  {
    study: 'dimensions',
    name: 'softmax',
    title: 'Softmax cross entropy',
    seeds: 3,
    level: 0.64,
    spread: 0.006,
    epochs: 60,
    classes: 100,
    dirty: true,
    reproduces: [
      { paper: 'Mettes et al. 2019', table: 'Table 4', cell: 'Softmax', metric: 'accuracy', value: 0.644 },
    ],
  },
  {
    study: 'ten-classes',
    name: 'hyperspherical',
    title: 'Hyperspherical prototypes',
    seeds: 3,
    level: 0.91,
    epochs: 20,
    interrupted: [2],
  },
  { study: 'ten-classes', name: 'softmax', title: 'Softmax', seeds: 3, level: 0.905, epochs: 20 },
  ...(['squared-error', 'prototypes'] as const).map((name, index) => ({
    study: 'rotation',
    name,
    title: index === 0 ? 'Squared error' : 'Hyperspherical regression',
    task: 'regression' as const,
    seeds: 3,
    epochs: 30,
    level: 21 - 9 * index,
    spread: 0.8,
  })),
];

/** `runs` runs in studies of 25, five seeds each: the size at which a report is measured. */
export function manyExperiments(runs: number, epochs = 100): SyntheticExperiment[] {
  return Array.from({ length: Math.ceil(runs / 5) }, (_, index) => ({
    study: `study-${Math.floor(index / 5) + 1}`,
    name: `experiment-${(index % 5) + 1}`,
    title: `Experiment ${(index % 5) + 1}`,
    seeds: Math.min(5, runs - 5 * index),
    level: 0.4 + 0.08 * (index % 5),
    spread: 0.01,
    epochs,
    classes: 100,
    settings: { study: Math.floor(index / 5) },
    reproduces: [
      { paper: 'A paper', table: 'Table 1', cell: 'A cell', metric: 'accuracy', value: 0.5, deviation: 0.01 },
    ],
  }));
}

function drawRun(experiment: SyntheticExperiment, seed: number): SyntheticRun {
  const {
    study,
    name,
    title = name,
    task = 'classification',
    level,
    spread = 0.005,
    epochs = 10,
  } = experiment;
  const random = generator(`${study}/${name}/${seed}`);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const status = experiment.diverged?.includes(seed)
    ? ('diverged' as const)
    : experiment.interrupted?.includes(seed)
      ? ('interrupted' as const)
      : ('completed' as const);
  const done = status === 'completed' ? epochs : Math.ceil(epochs / 3);
  const error = task === 'regression';
  const end = level + spread * normal();
  const start = error ? 4 * level : 0.1 * level;
  const records = Array.from({ length: done }, (_, index): EpochRecord => {
    const progress = 1 - Math.exp((-5 * (index + 1)) / epochs);
    const last = index === epochs - 1;
    const value = last ? end : start + (end - start) * progress + 1.5 * spread * normal();
    return {
      epoch: index + 1,
      steps: 10 * (index + 1),
      learningRate: 0.01,
      trainLoss: 1.2 - progress + 0.01 * Math.abs(normal()),
      testLoss: 1.3 - progress + 0.02 * Math.abs(normal()),
      metrics: {
        [error ? 'meanAbsoluteError' : 'accuracy']: error ? Math.abs(value) : Math.min(1, Math.max(0, value)),
      },
      trainSeconds: 5,
      testSeconds: 1,
      imagesPerSecond: 1500 + 20 * normal(),
    };
  });
  const metric = error
    ? { name: 'meanAbsoluteError', higherIsBetter: false, unit: 'degrees' }
    : { name: 'accuracy', higherIsBetter: true };
  const values = records.map(({ metrics }) => metrics[metric.name]!);
  const bestValue = metric.higherIsBetter ? Math.max(...values) : Math.min(...values);
  const config = {
    study,
    name,
    title,
    dataset: { kind: error ? 'rotated' : `classes-${experiment.classes ?? 10}` },
    head: { kind: name },
    training: { epochs, ...experiment.settings },
    seed,
  };
  return {
    config,
    result: {
      schemaVersion: 2,
      status,
      ...(status === 'diverged' ? { reason: `the loss became NaN in epoch ${done}, step 7` } : {}),
      ...(status === 'interrupted' ? { reason: `stopped in epoch ${done}, after step 7` } : {}),
      study,
      name,
      title,
      seed,
      configuration: hash({
        ...config,
        seed: undefined,
        study: undefined,
        name: undefined,
        title: undefined,
      }),
      task,
      metric,
      reproduces: [...(experiment.reproduces ?? [])],
      parameters: 464_154,
      epochs: done,
      steps: 10 * done,
      final: records.at(-1) ?? null,
      best: records[values.indexOf(bestValue)] ?? null,
      history: {
        trainLoss: records.map(({ trainLoss }) => trainLoss),
        testLoss: records.map(({ testLoss }) => testLoss),
        [metric.name]: values,
      },
      seconds: 6 * done + 10 * random(),
      imagesPerSecond: 1500 + 20 * normal(),
      startedAt: '2026-03-01T09:29:30.000Z',
      finishedAt: `2026-03-01T1${seed % 10}:30:00.000Z`,
      environment: {
        commit: '0123456789abcdef0123456789abcdef01234567',
        dirty: experiment.dirty ?? false,
        bench: '0.1.0',
        tfjs: '4.22.0',
        tensorflow: '2.15.1',
        node: 'v20.19.0',
        platform: 'linux-x64',
        cpu: 'AMD EPYC 9B14',
        cores: 2,
        mode: 'graph',
      },
    },
    evaluation: drawEvaluation(experiment, { epoch: Math.max(1, done), random, normal }),
  };
}

function drawEvaluation(
  { task, level, classes = 10 }: SyntheticExperiment,
  draw: { epoch: number; random: () => number; normal: () => number },
): EvaluationDetails {
  const { epoch, random, normal } = draw;
  const unit = (x: number, y: number, z: number): [number, number, number] => {
    const length = Math.hypot(x, y, z);
    return [x / length, y / length, z / length];
  };
  if (task === 'regression') {
    const values = Array.from({ length: 400 }, () => 180 * random());
    return {
      schemaVersion: 1,
      epoch,
      predictions: values.map((value): [number, number] => [
        value,
        Math.min(180, Math.abs(value + level * normal())),
      ]),
      valueName: 'rotation',
      valueUnit: 'degrees',
      sphere: {
        projection: 'exact',
        outputs: values.map((value) => {
          const angle = (value / 180) * Math.PI;
          return unit(Math.sin(angle) + 0.2 * normal(), 0.2 * normal(), -Math.cos(angle));
        }),
        values,
        prototypes: [
          [0, 0, -1],
          [0, 0, 1],
        ],
      },
    };
  }
  const prototypes = Array.from({ length: classes }, () => unit(normal(), normal(), normal()));
  const labels = Array.from({ length: 300 }, (_, index) => index % classes);
  return {
    schemaVersion: 1,
    epoch,
    classNames: Array.from({ length: classes }, (_, index) => `class ${index}`),
    confusion: Array.from({ length: classes }, (_, row) => {
      const counts = Array.from({ length: classes }, () => 0);
      for (let image = 0; image < 100; image += 1) {
        const column = random() < level ? row : Math.floor(row + 1 + classes * random() ** 3) % classes;
        counts[column]! += 1;
      }
      return counts;
    }),
    sphere: {
      projection: 'principal-axes',
      outputs: labels.map((label) => {
        const [x, y, z] = prototypes[label]!;
        return unit(x + 0.25 * normal(), y + 0.25 * normal(), z + 0.25 * normal());
      }),
      labels,
      prototypes,
    },
  };
}

/** FNV-1a over the characters, as the seed of a linear congruential generator: enough for examples. */
function generator(text: string): () => number {
  let state = 2_166_136_261;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0)!, 16_777_619);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

function hash(value: unknown): string {
  const random = generator(JSON.stringify(value));
  return Array.from({ length: 64 }, () => Math.floor(16 * random()).toString(16)).join('');
}
